@NullMarked
package dev.ingestkit.cli.aws;

import org.jspecify.annotations.NullMarked;
