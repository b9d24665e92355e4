package dev.ingestkit.local.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a request's body in one array. The array grows with the bytes received, not with the announced length, so a
 * large {@code Content-Length} alone costs no memory. Not thread-safe: the channel's event loop owns it.
 */
final class BodyCollector {

    private static final byte[] EMPTY = new byte[0];
    private static final int INITIAL_BYTES = 8 << 10;

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

    /** Adds a piece. Returns false, and drops the collected bytes, when the body exceeds the limit. */
    boolean add(ByteBuf piece) {
        int more = piece.readableBytes();
        if (more > limit - length) {
            bytes = EMPTY;
            length = 0;
            return false;
        }
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, capacityFor(length + more));
        }
        piece.readBytes(bytes, length, more);
        length += more;
        return true;
    }

    /** Returns the number of bytes held, for accounting. */
    int length() {
        return length;
    }

    /** Returns the whole body. The collector must not be used afterwards. */
    byte[] finish() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private int capacityFor(int needed) {
        int doubled = (int) Math.min(limit, Math.max(INITIAL_BYTES, 2L * needed));
        return announced >= needed && announced <= doubled ? announced : Math.max(needed, doubled);
    }
}
