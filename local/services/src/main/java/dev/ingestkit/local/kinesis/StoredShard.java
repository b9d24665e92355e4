package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One shard's records in a store: each under shard index and position, and beside them the first position, so that
 * sequence numbers continue after all records have expired.
 */
final class StoredShard implements ShardStorage {

    private static final int POSITION_KEY = Integer.BYTES + Long.BYTES;
    /** Trims of a whole retention period are cut into batches of this many records. */
    private static final int BATCH_RECORDS = 4096;

    private final Store store;
    private final String records;
    private final String positions;
    private final int index;

    StoredShard(Store store, long streamSerial, int index) {
        this.store = requireNonNull(store, "store");
        this.records = recordsOf(streamSerial);
        this.positions = positionsOf(streamSerial);
        this.index = index;
    }

    static String recordsOf(long streamSerial) {
        return "kinesis/records/%016x".formatted(streamSerial);
    }

    static String positionsOf(long streamSerial) {
        return "kinesis/positions/%016x".formatted(streamSerial);
    }

    /** Returns whether a map of the store holds records or positions of a stream. */
    static boolean isMap(String name) {
        return name.startsWith("kinesis/records/") || name.startsWith("kinesis/positions/");
    }

    static byte[] shardKey(int index) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(index).array();
    }

    private byte[] key(long position) {
        return key(index, position);
    }

    static byte[] key(int index, long position) {
        return ByteBuffer.allocate(POSITION_KEY).putInt(index).putLong(position).array();
    }

    @Override
    public void appended(RecordLog log, long from) {
        Batch batch = new Batch();
        for (long position = from; position < log.end(); position++) {
            byte[] value = value(log.arrivalMillis(position), log.partitionKey(position), log.data(position));
            batch.put(records, key(position), value);
        }
        store.commit(batch);
    }

    static byte[] value(long arrivalMillis, String partitionKey, byte[] data) {
        byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Short.BYTES + key.length + data.length)
                .putLong(arrivalMillis)
                .putShort((short) key.length)
                .put(key)
                .put(data)
                .array();
    }

    static byte[] state(long first, long lastTrimmedArrival) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(first)
                .putLong(lastTrimmedArrival)
                .array();
    }

    @Override
    public void trimmed(RecordLog log, long from) {
        for (long position = from; position < log.first(); ) {
            Batch batch = new Batch();
            long end = Math.min(log.first(), position + BATCH_RECORDS);
            while (position < end) {
                batch.remove(records, key(position++));
            }
            store.commit(batch.put(positions, shardKey(index), state(end, log.lastTrimmedArrival())));
        }
    }

    @Override
    public void afterWritten(Runnable action) {
        store.afterWritten(action);
    }

    /**
     * Fills a new log with the stored records.
     *
     * @throws IllegalStateException if a record is missing between two others
     */
    void restore(RecordLog log) {
        byte[] state = store.map(positions).get(shardKey(index));
        if (state != null) {
            ByteBuffer saved = ByteBuffer.wrap(state);
            log.resume(saved.getLong(), saved.getLong());
        }
        ByteCursor cursor = store.map(records).range(key(0), shardKey(index + 1), true);
        while (cursor.next()) {
            long position = ByteBuffer.wrap(cursor.key()).getLong(Integer.BYTES);
            if (position != log.end()) {
                throw new IllegalStateException("record %d of shard %d is missing in '%s': restore the data directory"
                        .formatted(log.end(), index, records));
            }
            ByteBuffer value = ByteBuffer.wrap(cursor.value());
            long arrival = value.getLong();
            byte[] key = new byte[value.getShort() & 0xffff];
            value.get(key);
            byte[] data = new byte[value.remaining()];
            value.get(data);
            log.append(arrival, new String(key, StandardCharsets.UTF_8), data);
        }
    }

    /** Adds to a batch the removal of all records of a stream. */
    static Batch drop(Batch batch, long streamSerial) {
        return batch.drop(recordsOf(streamSerial)).drop(positionsOf(streamSerial));
    }
}
