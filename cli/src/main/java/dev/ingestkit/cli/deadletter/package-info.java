/** Dead letters: received from the queue, read in both forms, their records brought back from the stream. */
@NullMarked
package dev.ingestkit.cli.deadletter;

import org.jspecify.annotations.NullMarked;
