package dev.ingestkit.local.kinesis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * References copied from a shard under its lock, to be turned into records outside it.
 *
 * @param arrivals arrival times, epoch milliseconds
 * @param keys partition keys
 * @param payloads data
 * @param from the first record's position
 * @param atEnd whether the shard is closed and this is its end
 * @param millisBehindLatest the age of the next unread record; 0 at the tip
 * @param skipped the number of records that expired before the first one
 * @param lastSkippedArrival the arrival time of the last of them
 */
record ReadSlice(
        long[] arrivals,
        String[] keys,
        byte[][] payloads,
        long from,
        boolean atEnd,
        long millisBehindLatest,
        long skipped,
        long lastSkippedArrival) {

    /** Copies up to {@code count} records of a log, starting at a position. */
    static ReadSlice of(RecordLog log, long from, int count, boolean closed, long nowMillis, long skipped) {
        long next = from + count;
        ReadSlice slice = new ReadSlice(
                new long[count],
                new String[count],
                new byte[count][],
                from,
                next == log.end() && closed,
                next == log.end() ? 0 : Math.max(1, nowMillis - log.arrivalMillis(next)),
                skipped,
                log.lastTrimmedArrival());
        for (int at = 0; at < count; at++) {
            slice.arrivals[at] = log.arrivalMillis(from + at);
            slice.keys[at] = log.partitionKey(from + at);
            slice.payloads[at] = log.data(from + at);
        }
        return slice;
    }

    ShardRead toRead(Shard shard, boolean encrypted) {
        List<KinesisRecord> records = new ArrayList<>(keys.length);
        long bytes = 0;
        for (int at = 0; at < keys.length; at++) {
            bytes += payloads[at].length;
            records.add(new KinesisRecord(
                    shard.sequenceNumber(from + at + 1, arrivals[at]),
                    keys[at],
                    payloads[at],
                    Instant.ofEpochMilli(arrivals[at]),
                    encrypted));
        }
        ShardRead.Skipped skippedRecords = skipped == 0
                ? ShardRead.Skipped.NONE
                : new ShardRead.Skipped(skipped, shard.sequenceNumber(from, lastSkippedArrival));
        return new ShardRead(records, from + keys.length, atEnd, millisBehindLatest, skippedRecords, bytes);
    }
}
