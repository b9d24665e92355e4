package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.SequenceNumber;
import java.time.Instant;

/**
 * One record as a reader receives it. Immutable: the data is shared, not copied, and must not be changed.
 *
 * @param sequenceNumber 56 digits
 * @param partitionKey the key that chose the shard
 * @param data the payload
 * @param arrival the approximate arrival time
 * @param encrypted whether the stream was encrypted, by KMS, when the record was read
 */
public record KinesisRecord(
        SequenceNumber sequenceNumber, String partitionKey, byte[] data, Instant arrival, boolean encrypted) {}
