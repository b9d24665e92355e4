@NullMarked
package dev.ingestkit.cli.verify;

import org.jspecify.annotations.NullMarked;
