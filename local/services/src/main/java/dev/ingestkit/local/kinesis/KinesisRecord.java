package dev.ingestkit.local.kinesis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as a reader gets it. The data is shared, not copied, and must not be changed.
 *
 * @param sequenceNumber 56 digits
 * @param encryptionType {@code KMS} if the stream was encrypted when it was read, else null
 */
public record KinesisRecord(
        String sequenceNumber,
        String partitionKey,
        byte[] data,
        Instant arrival,
        @Nullable String encryptionType) {}
