package dev.ingestkit.local.mapping.queue;

import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts a queue mapping's deliveries. Written by its event loop, read from anywhere. Thread-safe. */
final class QueueMeter {

    final AtomicLong filtered = new AtomicLong();
    final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile String lastResult = "No records processed";
    private volatile @Nullable String lastError;

    void ended(QueueAnswer answer) {
        delivered.addAndGet(answer.processed().size());
        boolean succeeded = answer.outcome() == Outcome.SUCCEEDED;
        if (!succeeded) {
            failed.incrementAndGet();
        }
        // A success to AWS as far as the result's text goes when a part failed: the function itself did not fail.
        lastResult = succeeded || answer.outcome() == Outcome.PARTIAL ? "OK" : "PROBLEM: Function call failed";
        if (answer.error() != null) {
            lastError = answer.error();
        }
    }

    void error(String text) {
        lastError = text;
    }

    QueueMappingMetrics snapshot() {
        return new QueueMappingMetrics(
                delivered.get(), failed.get(), filtered.get(), inFlight.get(), lastResult, lastError);
    }
}
