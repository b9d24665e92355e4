package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The event source mappings behind the API. As on AWS, a change continues after its call. Implementations are
 * thread-safe.
 */
public interface MappingCatalog {

    /** Returns all mappings, in the order of the list. */
    List<Entry> mappings();

    /**
     * Creates a mapping and starts it.
     *
     * @return completes with the mapping as soon as it can be listed
     */
    CompletableFuture<Entry> create(MappingConfig config);

    /**
     * Changes the mapping with the same id, which keeps its position in the stream.
     *
     * @return completes with the mapping as soon as its state shows the change, complete or in progress
     */
    CompletableFuture<Entry> update(MappingConfig config);

    /** Stops a mapping and deletes its position. */
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
