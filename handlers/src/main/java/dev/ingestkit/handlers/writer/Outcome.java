package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.deadletter.ReasonCode;

/** The outcome of one record. */
sealed interface Outcome {

    Kind kind();

    enum Kind {
        STORED,
        DUPLICATE,
        SUPERSEDED,
        KEPT,
        PARKED,
        STOPPED
    }

    /** Done, and nothing more to tell than how: stored, there already, overtaken by a newer one, or not wanted. */
    record Done(Kind kind) implements Outcome {}

    /** In the dead letter queue. */
    record Parked(ReasonCode code) implements Outcome {
        @Override
        public Kind kind() {
            return Kind.PARKED;
        }
    }

    /** Neither stored nor parked: the record has to come again, and so has all that follows under its id. */
    record Stopped(String reason) implements Outcome {
        @Override
        public Kind kind() {
            return Kind.STOPPED;
        }
    }
}
