package dev.ingestkit.local.kinesis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A shard's retained records by position, oldest first, in segments of parallel arrays: no object per record, constant
 * time for appending and for finding a position, memory released a segment at a time. Not thread-safe: the shard guards
 * it.
 */
final class RecordLog {

    /** Bytes of a record beside its data and key: array headers, references, arrival time. */
    static final int OVERHEAD = 88;

    private final List<Segment> segments = new ArrayList<>();
    private long first;
    private long end;
    private long lastTrimmedArrival;

    /** Returns the oldest retained position; {@link #end} if the log is empty. */
    long first() {
        return first;
    }

    /** Returns the position of the next record. */
    long end() {
        return end;
    }

    boolean isEmpty() {
        return first == end;
    }

    /**
     * Continues the log of an earlier process, whose last dropped record arrived at the time. Only for an empty log.
     */
    void resume(long position, long arrivalMillis) {
        first = position;
        end = position;
        lastTrimmedArrival = arrivalMillis;
    }

    /** Returns the bytes of all retained records, as counted by {@link #weight}. */
    long weight() {
        long weight = 0;
        for (long position = first; position < end; position++) {
            weight += weight(partitionKey(position), data(position));
        }
        return weight;
    }

    /** Returns the arrival time of the youngest record, dropped or not; 0 if there was none. */
    long lastArrival() {
        return isEmpty() ? lastTrimmedArrival : arrivalMillis(end - 1);
    }

    /**
     * Appends a record.
     *
     * @param arrivalMillis not before the last record's
     */
    void append(long arrivalMillis, String partitionKey, byte[] data) {
        if (segments.isEmpty() || end % Segment.CAPACITY == 0) {
            segments.add(new Segment());
        }
        segments.get(segments.size() - 1).add((int) (end % Segment.CAPACITY), arrivalMillis, partitionKey, data);
        end++;
    }

    long arrivalMillis(long position) {
        return segment(position).arrivals[(int) (position % Segment.CAPACITY)];
    }

    String partitionKey(long position) {
        return segment(position).keys[(int) (position % Segment.CAPACITY)];
    }

    byte[] data(long position) {
        return segment(position).payloads[(int) (position % Segment.CAPACITY)];
    }

    /** Returns the first position whose record arrived at the time or later; {@link #end} if there is none. */
    long firstSince(long millis) {
        long low = first;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (arrivalMillis(middle) < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Drops the records before a position.
     *
     * @return the bytes released, as counted by {@link #weight}
     */
    long trimTo(long position) {
        long target = Math.min(position, end);
        long freed = 0;
        while (first < target) {
            lastTrimmedArrival = arrivalMillis(first);
            freed += segment(first).drop((int) (first % Segment.CAPACITY));
            first++;
            if (first % Segment.CAPACITY == 0) {
                segments.remove(0);
            }
        }
        return freed;
    }

    /** Copies the references of all records before a position. */
    FrozenShard.Records copyBefore(long position) {
        int count = (int) Math.max(0, Math.min(position, end) - first);
        long[] arrivals = new long[count];
        String[] keys = new String[count];
        byte[][] data = new byte[count][];
        for (int at = 0; at < count; at++) {
            arrivals[at] = arrivalMillis(first + at);
            keys[at] = partitionKey(first + at);
            data[at] = data(first + at);
        }
        return new FrozenShard.Records(first, lastTrimmedArrival, arrivals, keys, data);
    }

    /** Returns the arrival time of the last dropped record; 0 if none was dropped. */
    long lastTrimmedArrival() {
        return lastTrimmedArrival;
    }

    static long weight(String partitionKey, byte[] data) {
        return (long) data.length + partitionKey.length() + OVERHEAD;
    }

    private Segment segment(long position) {
        return segments.get((int) (position / Segment.CAPACITY - first / Segment.CAPACITY));
    }

    /** Arrays that start small, since most local shards hold few records. */
    private static final class Segment {

        static final int CAPACITY = 1024;
        private static final int INITIAL = 16;
        private static final byte[] EMPTY = {};

        long[] arrivals = new long[INITIAL];
        String[] keys = new String[INITIAL];
        byte[][] payloads = new byte[INITIAL][];

        void add(int slot, long arrivalMillis, String partitionKey, byte[] data) {
            if (slot >= arrivals.length) {
                int larger = Math.min(CAPACITY, slot * 4);
                arrivals = Arrays.copyOf(arrivals, larger);
                keys = Arrays.copyOf(keys, larger);
                payloads = Arrays.copyOf(payloads, larger);
            }
            arrivals[slot] = arrivalMillis;
            keys[slot] = partitionKey;
            payloads[slot] = data;
        }

        long drop(int slot) {
            long freed = weight(keys[slot], payloads[slot]);
            keys[slot] = "";
            payloads[slot] = EMPTY;
            return freed;
        }
    }
}
