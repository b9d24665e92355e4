package dev.ingestkit.testkit;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what a pipeline's journal will say. */
final class Waiting {

    private Waiting() {}

    /**
     * Waits until something holds: looks again with each entry of the journal. While the clock is frozen, it gives up as
     * soon as nothing is in progress any more, since nothing will happen before the clock is moved.
     *
     * @throws AssertionError with the failure's description
     */
    static void until(IngestPipeline pipeline, BooleanSupplier holds, Supplier<String> failure) {
        long end = System.nanoTime() + pipeline.patience().toNanos();
        AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(1));
        try (AutoCloseable listening =
                pipeline.journal().listen(() -> next.get().countDown())) {
            while (!holds.getAsBoolean()) {
                CountDownLatch entry = next.get();
                if (pipeline.runtimeClock().reading().frozen()) {
                    pipeline.runtimeClock().settle();
                    if (!holds.getAsBoolean()) {
                        throw new AssertionError(failure.get()
                                + "\nthe clock is frozen, so nothing more happens: advance it, or resume it");
                    }
                    return;
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(
                            failure.get() + "\nnot after " + seconds(pipeline.patience()) + " seconds");
                }
                // An entry may come between the look and the wait: then the latch is open already.
                if (!holds.getAsBoolean() && entry.await(Math.min(left, 50_000_000L), TimeUnit.NANOSECONDS)) {
                    next.compareAndSet(entry, new CountDownLatch(1));
                }
            }
            listening.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", interrupted);
        } catch (AssertionError | RuntimeException failed) {
            throw failed;
        } catch (Exception closing) {
            throw new IllegalStateException("the journal cannot be left", closing);
        }
    }

    private static String seconds(Duration patience) {
        return patience.toMillis() % 1_000 == 0
                ? Long.toString(patience.toSeconds())
                : Double.toString(patience.toMillis() / 1_000.0);
    }
}
