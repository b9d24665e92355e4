package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One response. The server itself sets {@code Content-Length}, {@code Date} and {@code Connection}.
 *
 * @param status 100 to 599
 * @param headers values by name, as they are written
 * @param body a complete body, or a stream
 */
public record HttpResponse(int status, Map<String, List<String>> headers, Body body) {

    /** The content after the head. */
    public sealed interface Body permits Bytes, Streamed {

        /** Calls the consumer for this kind of body. */
        void match(Consumer<byte[]> onBytes, Consumer<StreamingBody> onStream);
    }

    /** A complete body. The array is not copied and must not be changed. */
    public record Bytes(byte[] content) implements Body {
        @Override
        public void match(Consumer<byte[]> onBytes, Consumer<StreamingBody> onStream) {
            onBytes.accept(content);
        }
    }

    /** A body written piece by piece for as long as the connection lives. */
    public record Streamed(StreamingBody writer) implements Body {
        @Override
        public void match(Consumer<byte[]> onBytes, Consumer<StreamingBody> onStream) {
            onStream.accept(writer);
        }
    }

    public HttpResponse {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status must be 100 to 599: " + status);
        }
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }

    /** Creates a response with a complete body and its content type. */
    public static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, Map.of("Content-Type", List.of(contentType)), new Bytes(body));
    }

    /** Creates a UTF-8 text response. */
    public static HttpResponse text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns this response with one more header; a header of the same spelling is replaced. */
    public HttpResponse withHeader(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        more.put(name, List.of(value));
        return new HttpResponse(status, more, body);
    }
}
