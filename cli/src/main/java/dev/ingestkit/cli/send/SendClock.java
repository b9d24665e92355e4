package dev.ingestkit.cli.send;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time a sender goes by, and the word that ends its waiting. Thread-safe. */
interface SendClock {

    /** Nanoseconds since some moment. */
    long nanos();

    /**
     * Waits.
     *
     * @return false when the word to stop came before or meanwhile
     */
    boolean sleep(long nanos) throws InterruptedException;

    /** Ends all waiting, now and from now on. */
    void stop();

    boolean stopped();

    /** The machine's. */
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
