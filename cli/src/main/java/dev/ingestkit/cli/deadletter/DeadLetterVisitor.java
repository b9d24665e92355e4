package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;

/** Visits dead letters one by one, and decides what happens to each. */
@FunctionalInterface
public interface DeadLetterVisitor {

    /** The decision on a message. */
    enum Step {
        /** Leaves the message in the queue. */
        LEAVE,
        /** Deletes the message now; its records are safe. */
        DELETE,
        /** Deletes the message once {@link #settle} has returned and its records are safe. */
        SETTLE,
        /** Leaves the message in the queue, and stops the scan. */
        STOP
    }

    Step visit(ReceivedMessage deadLetter);

    /** Makes the records of the pending messages safe; called every few messages, before these are deleted. */
    default void settle() {}
}
