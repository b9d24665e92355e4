package dev.ingestkit.local.mapping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The next step of a lane. */
sealed interface Step {

    /** The kinds of steps. */
    enum Kind {
        IDLE,
        WAIT_UNTIL,
        INVOKE,
        DISCARD
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    /** Do nothing until a record arrives or a call ends. */
    record Idle() implements Step {
        @Override
        public Kind kind() {
            return Kind.IDLE;
        }
    }

    /** Ask again at {@code time}. */
    record WaitUntil(Instant time) implements Step {
        @Override
        public Kind kind() {
            return Kind.WAIT_UNTIL;
        }
    }

    /**
     * Deliver a batch.
     *
     * @param window the tumbling window it belongs to, with the state to pass on; null if there is none
     */
    record Invoke(Batch batch, @Nullable TumblingWindow window) implements Step {
        @Override
        public Kind kind() {
            return Kind.INVOKE;
        }
    }

    /** Give up a batch, and notify the on-failure destination. */
    record Discard(
            Batch batch,
            DiscardCondition condition,
            @Nullable TumblingWindow window) implements Step {
        @Override
        public Kind kind() {
            return Kind.DISCARD;
        }
    }
}
