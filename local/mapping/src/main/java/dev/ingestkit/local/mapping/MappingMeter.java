package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.MappingMetrics.ShardMetrics;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts what a mapping does. Written by its event loop, read from anywhere. Thread-safe. */
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
        invocations.incrementAndGet();
        if (outcome instanceof InvokeOutcome.Succeeded) {
            lastProcessingResult = OK;
            return;
        }
        if (outcome instanceof InvokeOutcome.NotInvoked) {
            invocations.decrementAndGet();
            notInvoked.incrementAndGet();
        } else {
            failedInvocations.incrementAndGet();
        }
        // A partial failure is a success to AWS as far as the result's text goes: the function itself did not fail.
        lastProcessingResult = outcome instanceof InvokeOutcome.PartlyFailed ? OK : FAILED;
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
                shards.stream().mapToLong(ShardMetrics::filtered).sum(),
                shards.stream().mapToLong(ShardMetrics::delivered).sum(),
                shards.stream().mapToLong(ShardMetrics::dropped).sum(),
                invocations.get(),
                failedInvocations.get(),
                notInvoked.get(),
                destinationMessages.get(),
                destinationFailures.get(),
                sourceFailures.get(),
                shards.stream().mapToInt(ShardMetrics::inFlight).sum(),
                shards.stream().mapToLong(ShardMetrics::iteratorAgeMillis).max().orElse(0),
                lastProcessingResult,
                lastError,
                shards);
    }
}
