package dev.ingestkit.cli.deadletter;

import dev.ingestkit.cli.deadletter.DeadLetterQueue.Letter;

/** Looks at dead letters one by one, and says what is to become of each. */
@FunctionalInterface
public interface LetterVisitor {

    /** Whether to go on, and whether the message was dealt with. */
    enum Step {
        /** Leave it in the queue. */
        LEAVE,
        /** Delete it now: what it stood for is safe. */
        DELETE,
        /** Delete it once {@link #settle} has returned: what it stood for is safe then. */
        SETTLE,
        /** Leave it in the queue, and end. */
        STOP
    }

    Step visit(Letter letter);

    /** Makes safe what was to be settled; called every few messages, before they are deleted. */
    default void settle() {}
}
