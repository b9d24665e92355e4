package dev.ingestkit.local.kinesis;

import dev.ingestkit.local.events.SequenceNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one read of a shard.
 *
 * @param records the records, oldest first
 * @param next the position to continue from
 * @param atEnd whether the shard is closed and no record follows
 * @param millisBehindLatest the age of the next unread record; 0 at the tip
 * @param skipped the records that had expired before the first one
 * @param bytes the sum of the records' data
 */
record ShardRead(
        List<KinesisRecord> records, long next, boolean atEnd, long millisBehindLatest, Skipped skipped, long bytes) {

    /**
     * Records that had expired unread.
     *
     * @param lastSequenceNumber the youngest of them; null if there are none
     */
    record Skipped(long records, @Nullable SequenceNumber lastSequenceNumber) {
        static final Skipped NONE = new Skipped(0, null);
    }
}
