package dev.ingestkit.handlers.writer;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a batch.
 *
 * @param counts records by outcome
 * @param failed the lowest sequence number that has to be redelivered, null if none has to
 */
record BatchResult(
        Map<Outcome.Kind, Integer> counts, @Nullable String failed) {

    Optional<String> lowestFailed() {
        return Optional.ofNullable(failed);
    }
}
