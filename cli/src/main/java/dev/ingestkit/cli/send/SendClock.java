package dev.ingestkit.cli.send;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock of a sender, with a stop signal that cancels its waits. Thread-safe. */
public interface SendClock {

    /** Returns nanoseconds since an arbitrary moment. */
    long nanos();

    /**
     * Waits for a time.
     *
     * @return false when stopped before or meanwhile
     */
    boolean sleep(long nanos) throws InterruptedException;

    /** Cancels all waits, current and future ones. */
    void stop();

    boolean stopped();

    /** Returns the machine's clock. */
    static SendClock system() {
        return new SendClock() {
            private final CountDownLatch stop = new CountDownLatch(1);

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public boolean sleep(long nanos) throws InterruptedException {
                return !stop.await(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void stop() {
                stop.countDown();
            }

            @Override
            public boolean stopped() {
                return stop.getCount() == 0;
            }
        };
    }
}
