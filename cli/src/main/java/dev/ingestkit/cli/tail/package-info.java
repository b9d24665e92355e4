/** Event traces: the journal's entries, combined to the outcome of each event. */
@NullMarked
package dev.ingestkit.cli.tail;

import org.jspecify.annotations.NullMarked;
