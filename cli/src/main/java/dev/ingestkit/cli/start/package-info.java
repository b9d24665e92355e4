/** The start of the tool from scripts of Windows, which leave everything but finding Java to it. */
@NullMarked
package dev.ingestkit.cli.start;

import org.jspecify.annotations.NullMarked;
