package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A record to be put into a stream. The data is handed over, not copied.
 *
 * @param partitionKey chooses the shard by its hash
 * @param explicitHashKey replaces the partition key's hash
 * @param data the payload
 */
record PutEntry(String partitionKey, @Nullable HashKey explicitHashKey, byte[] data) {

    PutEntry {
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(data, "data");
    }

    /** Returns the bytes counted against the shard's limit. */
    long size() {
        return (long) data.length + partitionKey.length();
    }
}
