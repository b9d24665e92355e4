package dev.ingestkit.local.kinesis;

import java.util.List;

/**
 * What one read of a shard gave.
 *
 * @param next the position to go on from
 * @param atEnd the shard is closed and nothing comes after
 * @param millisBehindLatest how long ago the next unread record arrived; 0 at the tip
 * @param skipped what had expired before the first one
 * @param bytes the sum of the records' data
 */
record ShardRead(
        List<KinesisRecord> records, long next, boolean atEnd, long millisBehindLatest, Skipped skipped, long bytes) {

    /**
     * Records that had expired unread.
     *
     * @param lastSequenceNumber the youngest of them; empty if there are none
     */
    record Skipped(long records, String lastSequenceNumber) {
        static final Skipped NONE = new Skipped(0, "");
    }
}
