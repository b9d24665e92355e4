package dev.ingestkit.local.bootstrap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Collects bytes into lines and sends each complete line. Thread-safe. */
final class LineOutput {

    /** A longer line is sent in pieces, so that output does not accumulate in memory. */
    private static final int MAX_BYTES = 256 * 1024;

    private final FrameChannel channel;
    private final int environment;
    private final String stream;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    LineOutput(FrameChannel channel, int environment, String stream) {
        this.channel = channel;
        this.environment = environment;
        this.stream = stream;
    }

    synchronized void write(byte[] bytes, int offset, int length, String requestId) throws IOException {
        int end = lastNewline(bytes, offset, length);
        if (end >= 0) {
            pending.write(bytes, offset, end + 1 - offset);
            flush(requestId);
            pending.write(bytes, end + 1, offset + length - end - 1);
        } else {
            pending.write(bytes, offset, length);
        }
        if (pending.size() > MAX_BYTES) {
            flush(requestId);
        }
    }

    synchronized void flush(String requestId) throws IOException {
        if (pending.size() > 0) {
            channel.send(new Frame(
                    Frame.Type.LOG, environment, List.of(stream, requestId), List.of(), pending.toByteArray()));
            pending.reset();
        }
    }

    private static int lastNewline(byte[] bytes, int offset, int length) {
        for (int at = offset + length - 1; at >= offset; at--) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }
}
