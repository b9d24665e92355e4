/** The two kinds of dead letters: parked by the writer, and reported by the event source mapping on failure. */
@NullMarked
package dev.ingestkit.core.deadletter;

import org.jspecify.annotations.NullMarked;
