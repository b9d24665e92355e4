package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.StreamRecord;
import dev.ingestkit.local.table.item.Item;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The encoding of stream records as bytes: time, kind, author, then keys and images with their lengths. */
final class StreamRecordCodec {
    private static final int FIXED = 8 + 1 + 1 + 4 + 4 + 4;

    private StreamRecordCodec() {}

    static byte[] key(long position) {
        return ByteBuffer.allocate(8).putLong(position).array();
    }

    static long position(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    static byte[] encode(StreamRecord record) {
        byte[] keys = record.keys().encoded();
        byte[] before = encoded(record.oldImage());
        byte[] after = encoded(record.newImage());
        return ByteBuffer.allocate(FIXED + keys.length + before.length + after.length)
                .putLong(record.time().toEpochMilli())
                .put(tag(record.kind()))
                .put((byte) (record.byService() ? 1 : 0))
                .putInt(keys.length)
                .putInt(before.length)
                .putInt(after.length)
                .put(keys)
                .put(before)
                .put(after)
                .array();
    }

    private static byte tag(StreamRecord.Kind kind) {
        return switch (kind) {
            case INSERT -> 'I';
            case MODIFY -> 'M';
            case REMOVE -> 'R';
        };
    }

    private static StreamRecord.Kind kind(byte tag) {
        return switch (tag) {
            case 'I' -> StreamRecord.Kind.INSERT;
            case 'M' -> StreamRecord.Kind.MODIFY;
            case 'R' -> StreamRecord.Kind.REMOVE;
            default -> throw new IllegalStateException("not a kind of stream record: " + tag);
        };
    }

    private static byte[] encoded(@Nullable Item image) {
        return image == null ? new byte[0] : image.encoded();
    }

    static long time(byte[] encoded) {
        return ByteBuffer.wrap(encoded).getLong();
    }

    static StreamRecord decode(byte[] key, byte[] encoded) {
        ByteBuffer fixed = ByteBuffer.wrap(encoded);
        Instant time = Instant.ofEpochMilli(fixed.getLong());
        StreamRecord.Kind kind = kind(fixed.get());
        boolean byService = fixed.get() != 0;
        int keysEnd = FIXED + fixed.getInt();
        int beforeEnd = keysEnd + fixed.getInt();
        int afterEnd = beforeEnd + fixed.getInt();
        return new StreamRecord(
                position(key),
                time,
                kind,
                Item.decode(Arrays.copyOfRange(encoded, FIXED, keysEnd)),
                image(encoded, keysEnd, beforeEnd),
                image(encoded, beforeEnd, afterEnd),
                byService);
    }

    private static @Nullable Item image(byte[] encoded, int from, int to) {
        return from == to ? null : Item.decode(Arrays.copyOfRange(encoded, from, to));
    }
}
