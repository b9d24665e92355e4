package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer. {@code Content-Length}, {@code Date} and {@code Connection} are the server's business.
 *
 * @param status 100 to 599
 * @param headers values by name as they are to be written
 * @param body a complete body, or a stream
 */
public record HttpResponse(int status, Map<String, List<String>> headers, Body body) {

    /** What is sent after the head. */
    public sealed interface Body permits Bytes, Streamed {}

    /** A body that is there as a whole. Not copied; must not be changed. */
    public record Bytes(byte[] content) implements Body {}

    /** A body that is written piece by piece for as long as the connection lives. */
    public record Streamed(StreamingBody writer) implements Body {}

    public HttpResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status must be 100 to 599: " + status);
        }
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }

    /** An answer with a complete body and one content type. */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", List.of(contentType)), new Bytes(body));
    }

    /** A UTF-8 text answer. */
    public static HttpResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same answer with one header more; a header of the same spelling is replaced. */
    public HttpResponse withHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new HttpResponse(status, more, body);
    }
}
