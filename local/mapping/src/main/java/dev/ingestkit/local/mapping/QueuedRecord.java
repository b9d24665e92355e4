package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record that was read from its shard, settled or not. Owned by the shard's event loop. */
final class QueuedRecord {

    private final long index;
    private final int eventBytes;
    private final int dataBytes;
    private final Instant readAt;
    private final SequenceNumber sequenceNumber;
    private @Nullable StreamRecord record;

    /**
     * Creates a record that is not settled.
     *
     * @param index its position among the records read from the shard, counted from 0
     * @param eventBytes the size of its part of the invoke payload
     * @param readAt the time of the read, at which a batching window starts
     */
    QueuedRecord(long index, StreamRecord record, int eventBytes, Instant readAt) {
        this.index = index;
        this.record = record;
        this.eventBytes = eventBytes;
        this.dataBytes = record.data().length;
        this.readAt = readAt;
        this.sequenceNumber = record.sequenceNumber();
    }

    long index() {
        return index;
    }

    SequenceNumber sequenceNumber() {
        return sequenceNumber;
    }

    int eventBytes() {
        return eventBytes;
    }

    int dataBytes() {
        return dataBytes;
    }

    Instant readAt() {
        return readAt;
    }

    StreamRecord record() {
        return requireNonNull(record, "a settled record's data is gone");
    }

    Instant arrival() {
        return record().approximateArrival();
    }

    boolean settled() {
        return record == null;
    }

    /**
     * Marks the record as delivered or given up and releases its data: an older record may block the checkpoint for
     * long.
     */
    void settle() {
        record = null;
    }
}
