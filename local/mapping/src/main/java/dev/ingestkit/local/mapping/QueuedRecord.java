package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A record on its way through a mapping: read from its shard, not yet settled. Owned by the shard's event loop. */
final class QueuedRecord {

    private final long index;
    private final int eventBytes;
    private final int dataBytes;
    private final Instant readAt;
    private final String sequenceNumber;
    private @Nullable StreamRecord record;

    /**
     * @param index its place among the records read from the shard, counted from 0
     * @param eventBytes the size of its part of the invoke payload
     * @param readAt when it was read: a batching window is counted from there
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

    String sequenceNumber() {
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

    /** Delivered or given up: lets go of the data, which may be much while an older record still blocks the checkpoint. */
    void settle() {
        record = null;
    }
}
