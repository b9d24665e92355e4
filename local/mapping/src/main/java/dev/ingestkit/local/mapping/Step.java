package dev.ingestkit.local.mapping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a lane wants done next. */
sealed interface Step {

    /** Nothing, until a record arrives or a call ends. */
    record Idle() implements Step {}

    /** Ask again at a time. */
    record WaitUntil(Instant time) implements Step {}

    /**
     * Deliver.
     *
     * @param window the tumbling window it belongs to, with the state to hand over; null without
     */
    record Invoke(Batch batch, @Nullable TumblingWindow window) implements Step {}

    /** Give up, and tell the on-failure destination. */
    record Discard(
            Batch batch,
            DiscardCondition condition,
            @Nullable TumblingWindow window) implements Step {}
}
