package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Kills one of this process's children from time to time, as an operating system does; the children are the functions'
 * JVMs. On a busy machine it waits until work was done since the last kill, so that the run makes progress.
 */
final class FunctionKiller implements AutoCloseable {

    private static final long MIN_WORK = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final SplittableRandom random;
    private final LongSupplier work;
    private final AtomicInteger killed = new AtomicInteger();

    private long done;

    private FunctionKiller(LongSupplier work, long seed) {
        this.work = requireNonNull(work, "work");
        this.random = new SplittableRandom(seed);
    }

    /**
     * Starts killing.
     *
     * @param work amount of work done so far
     */
    static FunctionKiller every(Duration interval, LongSupplier work, long seed) {
        requireNonNull(interval, "interval");
        FunctionKiller killer = new FunctionKiller(work, seed);
        var unused = killer.clock.scheduleAtFixedRate(
                killer::kill, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return killer;
    }

    private void kill() {
        long now = work.getAsLong();
        if (now - done < MIN_WORK) {
            return;
        }
        List<ProcessHandle> functions = ProcessHandle.current().children().toList();
        if (!functions.isEmpty()
                && functions.get(random.nextInt(functions.size())).destroyForcibly()) {
            done = now;
            killed.incrementAndGet();
        }
    }

    int killed() {
        return killed.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
