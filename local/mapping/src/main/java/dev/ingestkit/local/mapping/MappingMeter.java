package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.MappingMetrics.ShardMetrics;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts a mapping's deliveries and failures. Updated by its event loop, readable from any thread. Thread-safe. */
final class MappingMeter {

    static final String NOTHING_YET = "No records processed";
    static final String OK = "OK";
    static final String FAILED = "PROBLEM: Function call failed";

    final AtomicLong polled = new AtomicLong();
    final AtomicLong invocations = new AtomicLong();
    final AtomicLong failedInvocations = new AtomicLong();
    final AtomicLong notInvoked = new AtomicLong();
    final AtomicLong destinationMessages = new AtomicLong();
    final AtomicLong destinationFailures = new AtomicLong();
    final AtomicLong sourceFailures = new AtomicLong();
    private volatile String lastProcessingResult = NOTHING_YET;
    private volatile @Nullable String lastError;

    void ended(InvokeOutcome outcome) {
        switch (outcome.kind()) {
            case SUCCEEDED -> {
                invocations.incrementAndGet();
                lastProcessingResult = OK;
            }
            case PARTLY_FAILED -> {
                invocations.incrementAndGet();
                failedInvocations.incrementAndGet();
                // For AWS's result text this is a success: the function itself did not fail.
                lastProcessingResult = OK;
            }
            case FAILED -> {
                invocations.incrementAndGet();
                failedInvocations.incrementAndGet();
                lastProcessingResult = FAILED;
            }
            case NOT_INVOKED -> {
                notInvoked.incrementAndGet();
                lastProcessingResult = FAILED;
            }
        }
    }

    void error(String text) {
        lastError = text;
    }

    String lastProcessingResult() {
        return lastProcessingResult;
    }

    MappingMetrics snapshot(List<ShardMetrics> shards) {
        return new MappingMetrics(
                polled.get(),
                new MappingMetrics.Calls(invocations.get(), failedInvocations.get(), notInvoked.get()),
                new MappingMetrics.Notices(destinationMessages.get(), destinationFailures.get()),
                sourceFailures.get(),
                lastProcessingResult,
                lastError,
                shards);
    }
}
