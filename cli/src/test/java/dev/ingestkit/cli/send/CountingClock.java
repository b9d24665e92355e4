package dev.ingestkit.cli.send;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that advances only during waits, so that sending takes no time. Every wait overshoots a little. */
final class CountingClock implements SendClock {

    private final AtomicLong now = new AtomicLong();
    private final AtomicLong slept = new AtomicLong();
    private final long overshoot;
    private volatile boolean stopped;

    CountingClock(long overshoot) {
        this.overshoot = overshoot;
    }

    @Override
    public long nanos() {
        return now.get();
    }

    /** Advances the clock without a wait. */
    void pass(long nanos) {
        now.addAndGet(nanos);
    }

    @Override
    public boolean sleep(long nanos) {
        if (stopped) {
            return false;
        }
        slept.addAndGet(nanos);
        now.addAndGet(nanos + overshoot);
        return true;
    }

    /** Returns the total time of all waits. */
    long slept() {
        return slept.get();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean stopped() {
        return stopped;
    }
}
