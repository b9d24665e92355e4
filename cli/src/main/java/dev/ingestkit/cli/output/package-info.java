/** Output, the only package that prints: formats, tables, progress, errors, and the terminal's properties. */
@NullMarked
package dev.ingestkit.cli.output;

import org.jspecify.annotations.NullMarked;
