/** The start of the tool on Windows, whose scripts only find Java. */
@NullMarked
package dev.ingestkit.cli.start;

import org.jspecify.annotations.NullMarked;
