package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A record on its way into a stream. The data is handed over, not copied.
 *
 * @param explicitHashKey replaces the partition key's hash
 */
record PutEntry(String partitionKey, @Nullable HashKey explicitHashKey, byte[] data) {

    PutEntry {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(data, "data");
    }

    /** What the shard's byte limit counts. */
    long size() {
        return (long) data.length + partitionKey.length();
    }
}
