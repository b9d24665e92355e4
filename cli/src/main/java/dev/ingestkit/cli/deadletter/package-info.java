/** Dead letters: received from the queue, parsed in both forms, their records recovered and redriven. */
@NullMarked
package dev.ingestkit.cli.deadletter;

import org.jspecify.annotations.NullMarked;
