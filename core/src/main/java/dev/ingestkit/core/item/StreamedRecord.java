package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The record that brought a stored event, as its item names it.
 *
 * @param arrivedAt when the stream took the record
 * @param sequenceNumber the record's sequence number
 * @param shard the record's shard
 */
public record StreamedRecord(Instant arrivedAt, String sequenceNumber, String shard) {

    public StreamedRecord {
        requireNonNull(arrivedAt, "arrivedAt");
        requireNonNull(sequenceNumber, "sequenceNumber");
        requireNonNull(shard, "shard");
    }
}
