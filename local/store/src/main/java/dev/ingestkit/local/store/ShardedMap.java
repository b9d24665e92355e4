package dev.ingestkit.local.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * One ordered map over several trees, by the highest bits of the keys' first byte: writers of different keys meet at
 * the root of one tree less often, and the trees one after the other are still in order.
 */
final class ShardedMap implements OrderedMap {
    private static final int SHARD_BITS = 4;
    private static final int SHARDS = 1 << SHARD_BITS;

    private final MVMap<byte[], byte[]>[] shards;

    ShardedMap(MVStore trees, String name) {
        shards = newArray();
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = trees.openMap(
                    i + "/" + name,
                    new MVMap.Builder<byte[], byte[]>()
                            .keyType(BytesType.INSTANCE)
                            .valueType(BytesType.INSTANCE));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static MVMap<byte[], byte[]>[] newArray() {
        return new MVMap[SHARDS];
    }

    private static int shard(byte[] key) {
        return key.length == 0 ? 0 : (key[0] & 0xff) >>> (8 - SHARD_BITS);
    }

    void set(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            shards[shard(key)].remove(key);
        } else {
            shards[shard(key)].put(key, value);
        }
    }

    void drop(MVStore trees) {
        for (MVMap<byte[], byte[]> shard : shards) {
            trees.removeMap(shard);
        }
    }

    /** Returns the trees as they are now, in the order of their keys. */
    List<RootReference<byte[], byte[]>> roots() {
        List<RootReference<byte[], byte[]>> roots = new ArrayList<>(SHARDS);
        for (MVMap<byte[], byte[]> shard : shards) {
            roots.add(shard.flushAndGetRoot());
        }
        return roots;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return shards[shard(key)].get(key);
    }

    @Override
    public long size() {
        long size = 0;
        for (MVMap<byte[], byte[]> shard : shards) {
            size += shard.sizeAsLong();
        }
        return size;
    }

    @Override
    public ByteCursor range(byte @Nullable [] from, byte @Nullable [] to, boolean forward) {
        return new Range(from, to, forward);
    }

    private final class Range implements ByteCursor {
        private final byte @Nullable [] from;
        private final byte @Nullable [] to;
        private final boolean forward;
        private final int last;
        private int shard;
        private org.h2.mvstore.@Nullable Cursor<byte[], byte[]> cursor;
        private byte[] key = new byte[0];
        private byte[] value = key;

        Range(byte @Nullable [] from, byte @Nullable [] to, boolean forward) {
            this.from = from;
            this.to = to;
            this.forward = forward;
            int low = from == null ? 0 : shard(from);
            int high = to == null ? SHARDS - 1 : shard(to);
            shard = forward ? low : high;
            last = forward ? high : low;
        }

        @Override
        public boolean next() {
            while (forward ? shard <= last : shard >= last) {
                if (cursor == null) {
                    cursor = shards[shard].cursor(forward ? from : to, null, !forward);
                }
                while (cursor.hasNext()) {
                    byte[] next = cursor.next();
                    if (!forward && to != null && Arrays.compareUnsigned(next, to) >= 0) {
                        continue;
                    }
                    if (isBehind(next)) {
                        shard = forward ? SHARDS : -1;
                        return false;
                    }
                    key = next;
                    value = cursor.getValue();
                    return true;
                }
                cursor = null;
                shard += forward ? 1 : -1;
            }
            return false;
        }

        private boolean isBehind(byte[] next) {
            return forward
                    ? to != null && Arrays.compareUnsigned(next, to) >= 0
                    : from != null && Arrays.compareUnsigned(next, from) < 0;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public byte[] value() {
            return value;
        }
    }
}
