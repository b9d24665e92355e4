package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.time.RuntimeClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Spaces a reader's wake-ups while its shard is busy, so that records gather. A reader that every put wakes gives a
 * loaded function many small batches, each of which costs a call; AWS reads a shard at most five times a second. After
 * a wake-up that brought two records or more, the next one is at least 20 ms later. A record that arrives alone is
 * never held back, and nothing is while the clock is frozen or advanced. The pause is real time, and an advancing clock
 * waits for it. For one reader, whose calls follow one another.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html">Quotas and limits</a>
 */
public final class ReadPace {

    /** The minimum time between two wake-ups of a busy reader. */
    static final Duration INTERVAL = Duration.ofMillis(20);

    private final RuntimeClock clock;
    private final Duration interval;
    private long wokenAt;
    private long records;

    private ReadPace(RuntimeClock clock, Duration interval) {
        this.clock = requireNonNull(clock, "clock");
        this.interval = interval;
    }

    /**
     * Returns the pace of a new reader.
     *
     * @param clock the runtime's clock, which is asked whether it is frozen
     */
    public static ReadPace of(RuntimeClock clock) {
        return new ReadPace(clock, INTERVAL);
    }

    /** Returns a pace without pauses. */
    public static ReadPace none() {
        return new ReadPace(RuntimeClock.system(), Duration.ZERO);
    }

    /** Records that a read returned records. */
    void read(int count) {
        records += count;
    }

    /** Records that the reader continues after a wait. */
    void woken() {
        wokenAt = System.nanoTime();
        records = 0;
    }

    /** Completes when the reader may wait for its next wake-up: at once, or after the rest of the interval. */
    CompletionStage<Void> pause() {
        long left = wokenAt + interval.toNanos() - System.nanoTime();
        if (records < 2 || left <= 0 || clock.reading().frozen()) {
            return CompletableFuture.completedFuture(null);
        }
        return clock.track(
                CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS)));
    }
}
