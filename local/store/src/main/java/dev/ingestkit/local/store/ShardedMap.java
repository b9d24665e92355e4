package dev.ingestkit.local.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RootReference;
import org.jspecify.annotations.Nullable;

/**
 * One ordered map over several trees, by the highest bits of the keys' first byte: writers of different keys meet at
 * the root of one tree less often, and the trees one after the other are still in order. A tree opens with its first
 * entry: most maps of a runtime have few entries or none.
 */
final class ShardedMap implements OrderedMap {
    private static final int SHARD_BITS = 4;
    private static final int SHARDS = 1 << SHARD_BITS;

    private final MVStore trees;
    private final String name;
    private final AtomicReferenceArray<@Nullable MVMap<byte[], byte[]>> shards = new AtomicReferenceArray<>(SHARDS);

    ShardedMap(MVStore trees, String name) {
        this.trees = trees;
        this.name = name;
    }

    private static int shard(byte[] key) {
        return key.length == 0 ? 0 : (key[0] & 0xff) >>> (8 - SHARD_BITS);
    }

    private MVMap<byte[], byte[]> opened(int shard) {
        MVMap<byte[], byte[]> tree = shards.get(shard);
        return tree == null ? open(shard) : tree;
    }

    private synchronized MVMap<byte[], byte[]> open(int shard) {
        MVMap<byte[], byte[]> known = shards.get(shard);
        if (known != null) {
            return known;
        }
        MVMap<byte[], byte[]> tree = trees.openMap(
                shard + "/" + name,
                new MVMap.Builder<byte[], byte[]>().keyType(BytesType.INSTANCE).valueType(BytesType.INSTANCE));
        shards.set(shard, tree);
        return tree;
    }

    private List<MVMap<byte[], byte[]>> open() {
        List<MVMap<byte[], byte[]>> open = new ArrayList<>(SHARDS);
        for (int shard = 0; shard < SHARDS; shard++) {
            MVMap<byte[], byte[]> tree = shards.get(shard);
            if (tree != null) {
                open.add(tree);
            }
        }
        return open;
    }

    void set(byte[] key, byte @Nullable [] value) {
        int shard = shard(key);
        if (value != null) {
            opened(shard).put(key, value);
            return;
        }
        MVMap<byte[], byte[]> tree = shards.get(shard);
        if (tree != null) {
            tree.remove(key);
        }
    }

    void drop() {
        open().forEach(trees::removeMap);
    }

    /** Returns the trees as they are now, in the order of their keys. */
    List<RootReference<byte[], byte[]>> roots() {
        return open().stream().map(MVMap::flushAndGetRoot).toList();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        MVMap<byte[], byte[]> tree = shards.get(shard(key));
        return tree == null ? null : tree.get(key);
    }

    @Override
    public long size() {
        return open().stream().mapToLong(MVMap::sizeAsLong).sum();
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
                MVMap<byte[], byte[]> tree = shards.get(shard);
                if (cursor == null && tree != null) {
                    cursor = tree.cursor(forward ? from : to, null, !forward);
                }
                while (cursor != null && cursor.hasNext()) {
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
