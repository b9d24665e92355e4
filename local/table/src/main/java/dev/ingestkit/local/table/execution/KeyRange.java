package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.ScanRequest.Segment;
import dev.ingestkit.local.table.item.Value;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A range of stored keys: from the lowest, included, to the end, excluded; null means unbounded. Immutable. */
record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
    /** All keys. */
    static final KeyRange ALL = new KeyRange(null, null);

    private static final long HASHES = 1L << 32;

    /** Returns the keys of a segment: an equal part of the partitions' hashes. */
    static KeyRange of(Segment segment) {
        return new KeyRange(
                hashBound(segment.number(), segment.total()), hashBound(segment.number() + 1, segment.total()));
    }

    private static byte @Nullable [] hashBound(int number, int total) {
        long hash = (HASHES * number + total - 1) / total;
        if (number == 0 || hash >= HASHES) {
            return null;
        }
        return new byte[] {(byte) (hash >>> 24), (byte) (hash >>> 16), (byte) (hash >>> 8), (byte) hash};
    }

    /** Returns the keys that a condition selects, in a table or in an index, whose sort keys are escaped and ended. */
    static KeyRange of(KeyCondition condition, boolean index) {
        byte[] partition = KeyBytes.partition(condition.partitions());
        for (Value leading : condition.leading()) {
            partition = KeyBytes.concat(partition, KeyBytes.ended(leading));
        }
        KeyCondition.Operator operator = condition.operator();
        if (operator == null) {
            return new KeyRange(partition, KeyBytes.behind(partition));
        }
        Value first = Objects.requireNonNull(condition.first());
        byte[] low = low(partition, first, index);
        return switch (operator) {
            case EQ -> new KeyRange(low, above(partition, first, index));
            case LT -> new KeyRange(partition, low);
            case LE -> new KeyRange(partition, above(partition, first, index));
            case GT -> new KeyRange(above(partition, first, index), KeyBytes.behind(partition));
            case GE -> new KeyRange(low, KeyBytes.behind(partition));
            case BETWEEN -> new KeyRange(low, above(partition, Objects.requireNonNull(condition.second()), index));
            case BEGINS_WITH -> {
                byte[] payload = first.payload();
                byte[] prefix = KeyBytes.concat(partition, index ? KeyBytes.escape(payload) : payload);
                yield new KeyRange(prefix, KeyBytes.behind(prefix));
            }
        };
    }

    private static byte[] low(byte[] partition, Value sort, boolean index) {
        return KeyBytes.concat(partition, index ? KeyBytes.ended(sort) : sort.payload());
    }

    private static byte[] above(byte[] partition, Value sort, boolean index) {
        byte[] low = low(partition, sort, index);
        return index ? KeyBytes.behind(low) : KeyBytes.next(low);
    }

    boolean contains(byte[] key) {
        return (from == null || Arrays.compareUnsigned(key, from) >= 0)
                && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    /** Returns the part of the range that comes after the key, in the direction. */
    KeyRange after(byte[] key, boolean forward) {
        if (forward) {
            byte[] next = KeyBytes.next(key);
            return from != null && Arrays.compareUnsigned(next, from) < 0 ? this : new KeyRange(next, to);
        }
        return to != null && Arrays.compareUnsigned(key, to) > 0 ? this : new KeyRange(from, key);
    }

    boolean isEmpty() {
        return from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
    }
}
