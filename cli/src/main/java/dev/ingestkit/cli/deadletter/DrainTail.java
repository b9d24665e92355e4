package dev.ingestkit.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The end of a file of drained letters, where a killed run may have stopped: between a letter's lines and its deletion,
 * or in a line.
 */
final class DrainTail {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** What may have been written and not deleted: some messages with their records. */
    private static final int LONGEST = 32 * 1024 * 1024;

    private static final String ENVELOPE = "{\"format\":\"ingest-kit/event\"";

    /** Lines found of each message, and how many there should be. */
    private final Map<String, int[]> found = new HashMap<>();

    private DrainTail() {}

    /** Cuts off an unfinished line of ours; ends another's line. */
    static DrainTail repair(FileChannel channel) throws IOException {
        DrainTail tail = new DrainTail();
        long begin = Math.max(0, channel.size() - LONGEST);
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
            // Whatever else the user keeps in the file tells nothing about letters.
        }
    }

    boolean holdsAllOf(String messageId) {
        int[] lines = found.get(messageId);
        return lines != null && lines[0] >= lines[1];
    }
}
