package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The event source mappings behind the API. The changes take effect behind the call, as on AWS: the futures end when
 * they have, the API does not wait for them. Thread-safe.
 */
public interface MappingCatalog {

    /** All mappings, in the order they are listed. */
    List<Entry> mappings();

    /**
     * Makes a mapping and starts it.
     *
     * @return ends with the mapping as soon as it can be listed
     */
    CompletableFuture<Entry> create(MappingConfig config);

    /**
     * Changes the mapping of the same id; the position in the stream is kept.
     *
     * @return ends with the mapping as soon as it shows the change or that it is under way
     */
    CompletableFuture<Entry> update(MappingConfig config);

    /** Ends a mapping and forgets its position. */
    CompletableFuture<Entry> delete(String uuid);

    /**
     * A mapping.
     *
     * @param lastProcessingResult {@code No records processed}, {@code OK}, or the latest problem
     */
    record Entry(MappingConfig config, MappingState state, Instant lastModified, String lastProcessingResult) {

        public Entry {
            requireNonNull(config, "config");
            requireNonNull(state, "state");
            requireNonNull(lastModified, "lastModified");
            requireNonNull(lastProcessingResult, "lastProcessingResult");
        }
    }
}
