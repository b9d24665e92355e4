package dev.ingestkit.local.kinesis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One message of the {@code application/vnd.amazon.eventstream} encoding: two lengths and their CRC-32, the headers,
 * the payload, the CRC-32 of everything before it.
 *
 * @param headers string values by name, in order
 * @param payload the content, in the codec of the call
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon Event Stream specification</a>
 */
record EventStreamFrame(Map<String, String> headers, byte[] payload) {

    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";
    private static final byte STRING_TYPE = 7;
    private static final int PRELUDE = 12;
    private static final int CHECKSUM = 4;

    static EventStreamFrame event(String type, String contentType, byte[] payload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":message-type", "event");
        headers.put(":event-type", type);
        headers.put(":content-type", contentType);
        return new EventStreamFrame(headers, payload);
    }

    /** Returns the message of an error, which ends the stream. */
    static EventStreamFrame exception(String code, String contentType, byte[] payload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":message-type", "exception");
        headers.put(":exception-type", code);
        headers.put(":content-type", contentType);
        return new EventStreamFrame(headers, payload);
    }

    byte[] encode() {
        int headerBytes = headers.entrySet().stream()
                .mapToInt(header -> 4 + bytes(header.getKey()).length + bytes(header.getValue()).length)
                .sum();
        int total = PRELUDE + headerBytes + payload.length + CHECKSUM;
        byte[] encoded = new byte[total];
        ByteBuffer frame = ByteBuffer.wrap(encoded).putInt(total).putInt(headerBytes);
        frame.putInt(checksum(encoded, frame.position()));
        headers.forEach((name, value) -> {
            frame.put((byte) bytes(name).length).put(bytes(name));
            frame.put(STRING_TYPE).putShort((short) bytes(value).length).put(bytes(value));
        });
        frame.put(payload);
        frame.putInt(checksum(encoded, frame.position()));
        return encoded;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] encoded, int length) {
        CRC32 crc = new CRC32();
        crc.update(encoded, 0, length);
        return (int) crc.getValue();
    }
}
