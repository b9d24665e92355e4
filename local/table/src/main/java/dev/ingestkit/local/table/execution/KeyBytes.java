package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.item.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys as bytes that sort as tables and indexes are read: the hash of the partition key, its length, the partition key,
 * then the sort key. In an index each attribute of the sort key is escaped and ended, and the primary key follows, so
 * that entries with equal index keys differ. The attributes of a partition key that has several are escaped and ended,
 * too.
 */
final class KeyBytes {
    /** Bytes before the partition key: its hash and its length. */
    static final int PREFIX_HEADER = 6;

    private KeyBytes() {}

    /**
     * Returns the bytes that all keys of the partition start with, and no others; {@code room} bytes are left behind.
     */
    static byte[] partition(Value partition, int room) {
        int length = partition.payloadLength();
        byte[] bytes = new byte[PREFIX_HEADER + length + room];
        partition.copyPayload(bytes, PREFIX_HEADER);
        return withHeader(bytes, length);
    }

    /** Returns the bytes that all keys start with whose partition key has these values, and no others. */
    static byte[] partition(List<Value> partitions) {
        if (partitions.size() == 1) {
            return partition(partitions.get(0), 0);
        }
        byte[] bytes = new byte[PREFIX_HEADER];
        for (Value partition : partitions) {
            bytes = concat(bytes, ended(partition));
        }
        return withHeader(bytes, bytes.length - PREFIX_HEADER);
    }

    private static byte[] withHeader(byte[] bytes, int length) {
        int hash = hash(bytes, PREFIX_HEADER, PREFIX_HEADER + length);
        bytes[0] = (byte) (hash >>> 24);
        bytes[1] = (byte) (hash >>> 16);
        bytes[2] = (byte) (hash >>> 8);
        bytes[3] = (byte) hash;
        bytes[4] = (byte) (length >>> 8);
        bytes[5] = (byte) length;
        return bytes;
    }

    /** Spreads partitions evenly over 32 bits: FNV-1a with the final mix of Murmur3. */
    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0x811c9dc5;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xff)) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    /** Returns the hash that the key starts with. */
    static int hashOf(byte[] key) {
        return (key[0] & 0xff) << 24 | (key[1] & 0xff) << 16 | (key[2] & 0xff) << 8 | (key[3] & 0xff);
    }

    /** Returns the primary key of a partition and, unless it is null, a sort key. */
    static byte[] primary(Value partition, @Nullable Value sort) {
        if (sort == null) {
            return partition(partition, 0);
        }
        int room = sort.payloadLength();
        byte[] bytes = partition(partition, room);
        sort.copyPayload(bytes, bytes.length - room);
        return bytes;
    }

    /** Returns the bytes with 0 as 0 255, so that 0 0 can end them without a change of their order. */
    static byte[] escape(byte[] bytes) {
        int zeros = 0;
        for (byte b : bytes) {
            if (b == 0) {
                zeros++;
            }
        }
        if (zeros == 0) {
            return bytes;
        }
        byte[] escaped = new byte[bytes.length + zeros];
        int at = 0;
        for (byte b : bytes) {
            escaped[at++] = b;
            if (b == 0) {
                escaped[at++] = (byte) 0xff;
            }
        }
        return escaped;
    }

    /** Returns a value's bytes where others follow: escaped, with their end. */
    static byte[] ended(Value value) {
        return concat(escape(value.payload()), new byte[2]);
    }

    /** Returns the smallest key above the key itself. */
    static byte[] next(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Returns the smallest key above all that start with the prefix, which does not consist of 255 only. */
    static byte[] behind(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xff) {
            length--;
        }
        byte[] behind = Arrays.copyOf(prefix, length);
        if (length > 0) {
            behind[length - 1]++;
        }
        return behind;
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
