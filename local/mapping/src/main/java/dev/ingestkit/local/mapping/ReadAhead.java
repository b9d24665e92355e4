package dev.ingestkit.local.mapping;

import java.util.List;

/** The limit, in records and bytes, by which reading may be ahead of delivery in one shard. Not thread-safe. */
final class ReadAhead {

    private static final int MIN_RECORDS = 1_000;
    private static final int MAX_RECORDS = 20_000;
    private static final long BYTES = 8L * 1024 * 1024;
    private static final int LANES_WITH_ROOM = 4;

    private final int maxRecords;
    private final long maxBytes;
    private int records;
    private long bytes;

    /** Creates a limit of two batches per lane, within bounds: a full batch of any size always fits. */
    ReadAhead(MappingConfig config) {
        int batches = 2
                * config.settings().batching().size()
                * config.settings().batching().parallelizationFactor();
        maxRecords = Math.min(MAX_RECORDS, Math.max(MIN_RECORDS, batches));
        maxBytes = BYTES * Math.min(config.settings().batching().parallelizationFactor(), LANES_WITH_ROOM);
    }

    void add(QueuedRecord record) {
        records++;
        bytes += record.dataBytes();
    }

    void remove(List<QueuedRecord> settled) {
        for (QueuedRecord record : settled) {
            records--;
            bytes -= record.dataBytes();
        }
    }

    int records() {
        return records;
    }

    /** Returns how many records may be read next, at least 1. */
    int room() {
        return Math.max(1, maxRecords - records);
    }

    boolean full() {
        return records >= maxRecords || bytes >= maxBytes;
    }
}
