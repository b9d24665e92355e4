/** The only place that prints: formats, tables, progress, errors, and what a terminal can show. */
@NullMarked
package dev.ingestkit.cli.output;

import org.jspecify.annotations.NullMarked;
