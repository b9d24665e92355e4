package dev.ingestkit.local.mapping;

import java.util.List;

/** How far reading may be ahead of delivery in one shard, in records and bytes. Not thread-safe. */
final class ReadAhead {

    private static final int LEAST_RECORDS = 1_000;
    private static final int MOST_RECORDS = 20_000;
    private static final long BYTES = 8L * 1024 * 1024;
    private static final int LANES_WITH_ROOM = 4;

    private final int mostRecords;
    private final long mostBytes;
    private int records;
    private long bytes;

    /** Room for two batches of each lane, within bounds: a full batch of any size always fits. */
    ReadAhead(MappingConfig config) {
        int batches = 2
                * config.settings().batching().size()
                * config.settings().batching().parallelizationFactor();
        mostRecords = Math.min(MOST_RECORDS, Math.max(LEAST_RECORDS, batches));
        mostBytes = BYTES * Math.min(config.settings().batching().parallelizationFactor(), LANES_WITH_ROOM);
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

    /** How many records may be read next, at least 1. */
    int room() {
        return Math.max(1, mostRecords - records);
    }

    boolean full() {
        return records >= mostRecords || bytes >= mostBytes;
    }
}
