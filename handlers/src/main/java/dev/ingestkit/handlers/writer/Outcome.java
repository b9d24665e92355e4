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

    /** The record is finished: stored, already stored, superseded by a newer event, or unwanted. */
    record Done(Kind kind) implements Outcome {}

    /** The record is in the dead letter queue. */
    record Parked(ReasonCode code) implements Outcome {
        @Override
        public Kind kind() {
            return Kind.PARKED;
        }
    }

    /** The record is neither stored nor parked: it has to be redelivered, with all that follow under its id. */
    record Stopped(String reason) implements Outcome {
        @Override
        public Kind kind() {
            return Kind.STOPPED;
        }
    }
}
