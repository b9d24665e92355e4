package dev.ingestkit.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The end of a file of drained dead letters, where a killed run may have stopped: between writing and deleting a
 * message, or within a line.
 */
final class DrainTail {

    private static final ObjectMapper MAPPER = Json.mapper();
    /** An upper bound of bytes that a killed run wrote without deleting the messages. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private static final String ENVELOPE = "{\"format\":\"ingest-kit/event\"";

    /** The number of lines found for each message, and the expected number. */
    private final Map<String, int[]> found = new HashMap<>();

    private DrainTail() {}

    /** Removes an incomplete line of a drain; completes any other incomplete line. */
    static DrainTail repair(FileChannel channel) throws IOException {
        DrainTail tail = new DrainTail();
        long begin = Math.max(0, channel.size() - MAX_BYTES);
        byte[] bytes = read(channel, begin);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            String rest =
                    new String(bytes, end, Math.min(ENVELOPE.length(), bytes.length - end), StandardCharsets.UTF_8);
            if (ENVELOPE.startsWith(rest)) {
                channel.truncate(begin + end);
            } else {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}), channel.size());
            }
        }
        int from = 0;
        for (int at = 0; at < end; at++) {
            if (bytes[at] == '\n') {
                tail.line(bytes, from, at - from);
                from = at + 1;
            }
        }
        return tail;
    }

    private static byte[] read(FileChannel channel, long begin) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - begin));
        while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) >= 0) {
            // until all is read
        }
        return bytes.array();
    }

    private void line(byte[] bytes, int from, int length) {
        try {
            JsonNode line = MAPPER.readTree(bytes, from, length);
            if (line.hasNonNull("messageId") && line.path("records").isInt()) {
                int[] lines = found.computeIfAbsent(line.get("messageId").asText(), unused ->
                        new int[] {0, line.get("records").asInt()});
                lines[0]++;
            }
        } catch (IOException notOurs) {
            // Other lines of the user's file say nothing about dead letters.
        }
    }

    boolean holdsAllOf(String messageId) {
        int[] lines = found.get(messageId);
        return lines != null && lines[0] >= lines[1];
    }
}
