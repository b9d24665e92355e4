/** The two forms of a dead letter: parked by the writer, reported by the event source mapping. */
@NullMarked
package dev.ingestkit.core.deadletter;

import org.jspecify.annotations.NullMarked;
