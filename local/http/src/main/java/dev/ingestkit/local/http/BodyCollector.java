package dev.ingestkit.local.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Gathers a request's body in one array. It grows with what has really come, not with what was announced: an announced
 * length costs an attacker nothing.
 */
final class BodyCollector {

    private static final byte[] NOTHING = new byte[0];
    private static final int FIRST_BYTES = 8 << 10;

    private final int limit;
    private final int announced;
    private byte[] bytes = NOTHING;
    private int length;

    /**
     * @param limit more is refused
     * @param announced the Content-Length, or -1
     */
    BodyCollector(int limit, long announced) {
        this.limit = limit;
        this.announced = (int) Math.min(announced, limit);
    }

    /** Adds a piece; false when the body has become longer than the limit, and nothing is kept then. */
    boolean add(ByteBuf piece) {
        int more = piece.readableBytes();
        if (more > limit - length) {
            bytes = NOTHING;
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

    /** The bytes held so far, for accounting. */
    int length() {
        return length;
    }

    /** The whole body; the collector must not be used any more. */
    byte[] finish() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private int capacityFor(int needed) {
        int doubled = (int) Math.min(limit, Math.max(FIRST_BYTES, 2L * needed));
        return announced >= needed && announced <= doubled ? announced : Math.max(needed, doubled);
    }
}
