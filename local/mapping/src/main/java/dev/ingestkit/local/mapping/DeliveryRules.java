package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * The part of a mapping's configuration that decides which records are delivered when.
 *
 * @param payloadLimit bytes left for records in one invoke payload
 * @param backoff the waits between retries
 */
record DeliveryRules(
        int batchSize,
        Duration batchingWindow,
        int maximumRetryAttempts,
        Optional<Duration> maximumRecordAge,
        boolean bisect,
        Duration tumblingWindow,
        int payloadLimit,
        Backoff backoff) {

    /** The size limit of a synchronous invocation's payload. */
    static final int INVOKE_LIMIT = 6 * 1024 * 1024;

    /** The size limit of a tumbling window's state; above it the window is ended early. */
    static final int STATE_LIMIT = 1024 * 1024;

    static DeliveryRules of(MappingConfig config, int payloadLimit, Backoff backoff) {
        return new DeliveryRules(
                config.settings().batching().size(),
                config.settings().batching().window(),
                config.settings().retries().maxAttempts(),
                config.settings().retries().maxRecordAge(),
                config.settings().retries().bisectBatch(),
                config.settings().tumblingWindow(),
                payloadLimit,
                backoff);
    }

    boolean tumbling() {
        return !tumblingWindow.isZero();
    }

    boolean exhausted(int invocations) {
        return maximumRetryAttempts >= 0 && invocations > maximumRetryAttempts;
    }
}
