package dev.ingestkit.local.functions;

import java.nio.charset.StandardCharsets;

/** The last 4 KB of an invocation's log, as Lambda returns them in X-Amz-Log-Result. Thread-safe. */
final class LogTail {

    private static final int BYTES = 4_096;

    private final StringBuilder text = new StringBuilder();

    synchronized void add(String line) {
        text.append(line).append('\n');
        if (text.length() > 2 * BYTES) {
            text.delete(0, text.length() - BYTES);
        }
    }

    synchronized String text() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BYTES) {
            return text.toString();
        }
        int start = bytes.length - BYTES;
        while ((bytes[start] & 0xC0) == 0x80) {
            start++;
        }
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }
}
