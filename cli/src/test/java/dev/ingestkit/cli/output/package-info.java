@NullMarked
package dev.ingestkit.cli.output;

import org.jspecify.annotations.NullMarked;
