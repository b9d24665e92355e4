package dev.ingestkit.local.gateway;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The three ids of a request at API Gateway. Immutable.
 *
 * @param extended {@code x-amz-apigw-id}: sixteen characters
 * @param trace {@code X-Amzn-Trace-Id}: the client's root, if it sent one
 */
record RequestIds(String request, String extended, String trace) {

    static RequestIds of(UUID id, Instant at, Optional<String> sentTrace) {
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        String extended = Base64.getUrlEncoder().encodeToString(Arrays.copyOfRange(bytes, 5, 16));
        String trace = sentTrace
                .filter(sent -> sent.startsWith("Root="))
                .orElseGet(() -> "Root=1-" + HexFormat.of().toHexDigits(at.getEpochSecond(), 8) + "-"
                        + HexFormat.of().formatHex(bytes, 4, 16));
        return new RequestIds(id.toString(), extended, trace);
    }
}
