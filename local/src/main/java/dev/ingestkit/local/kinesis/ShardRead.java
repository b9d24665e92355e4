package dev.ingestkit.local.kinesis;

import java.util.List;

/**
 * What one read of a shard gave.
 *
 * @param next the position to go on from
 * @param atEnd the shard is closed and nothing comes after
 * @param millisBehindLatest how long ago the next unread record arrived; 0 at the tip
 * @param skipped how many records before the first one had expired unread
 * @param bytes the sum of the records' data
 */
record ShardRead(
        List<KinesisRecord> records, long next, boolean atEnd, long millisBehindLatest, long skipped, long bytes) {}
