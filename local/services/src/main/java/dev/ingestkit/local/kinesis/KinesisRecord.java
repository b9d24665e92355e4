package dev.ingestkit.local.kinesis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as a reader receives it. The data is shared, not copied, and must not be changed.
 *
 * @param sequenceNumber 56 digits
 * @param partitionKey the key that chose the shard
 * @param data the payload
 * @param arrival the approximate arrival time
 * @param encryptionType {@code KMS} if the stream was encrypted when it was read, otherwise null
 */
public record KinesisRecord(
        String sequenceNumber,
        String partitionKey,
        byte[] data,
        Instant arrival,
        @Nullable String encryptionType) {}
