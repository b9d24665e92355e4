package dev.ingestkit.local.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body in one array. The array grows with the bytes received, not with the announced length, so a
 * large {@code Content-Length} alone costs no memory: the array takes its announced size once an eighth of it has
 * arrived, which saves most of the copying that doubling would need. Callers reserve {@link #growthFor} before they add
 * a piece. Not thread-safe: the channel's event loop owns it.
 */
final class BodyCollector {

    private static final byte[] EMPTY = new byte[0];
    private static final int INITIAL_BYTES = 8 << 10;
    private static final long MAX_GROWTH = 8;

    private final int limit;
    private final int announced;
    private byte[] bytes = EMPTY;
    private int length;

    /**
     * Creates an empty collector.
     *
     * @param limit the largest body accepted, in bytes
     * @param announced the Content-Length, or -1 if unknown
     */
    BodyCollector(int limit, long announced) {
        this.limit = limit;
        this.announced = (int) Math.min(announced, limit);
    }

    /** Returns whether a body with that many more bytes is within the limit. */
    boolean admits(int more) {
        return more <= limit - length;
    }

    /** Returns by how many bytes the array will grow for a piece of that size. */
    int growthFor(int more) {
        int needed = length + more;
        return needed <= bytes.length ? 0 : capacityFor(needed) - bytes.length;
    }

    /** Adds a piece that the limit admits. */
    void add(ByteBuf piece) {
        int more = piece.readableBytes();
        int growth = growthFor(more);
        if (growth > 0) {
            bytes = Arrays.copyOf(bytes, bytes.length + growth);
        }
        piece.readBytes(bytes, length, more);
        length += more;
    }

    /** Returns the number of bytes added. */
    int length() {
        return length;
    }

    /** Returns the whole body. The collector must not be used afterwards. */
    byte[] finish() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private int capacityFor(int needed) {
        if (announced >= needed && announced <= MAX_GROWTH * needed) {
            return announced;
        }
        return (int) Math.max(needed, Math.min(limit, Math.max(INITIAL_BYTES, 2L * needed)));
    }
}
