package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request as received.
 *
 * <p>Immutable by convention: the body array is handed over, not copied, and must not be changed.
 *
 * @param method the method in upper case
 * @param rawPath the path as sent, still percent-encoded, without the query
 * @param rawQuery the query as sent, without {@code ?}; empty if there is none
 * @param headers all values by lower-case name, in the order received
 * @param sentNames the client's spelling by lower-case name, for names that it did not send in lower case
 * @param body the whole body; empty, never null. A handler that does not read a large body gets its beginning
 * @param remoteAddress the client's address, without port
 */
public record HttpRequest(
        String method,
        String rawPath,
        String rawQuery,
        Map<String, List<String>> headers,
        Map<String, String> sentNames,
        byte[] body,
        String remoteAddress) {

    public HttpRequest {
        requireNonNull(method, "method");
        requireNonNull(rawPath, "rawPath");
        requireNonNull(rawQuery, "rawQuery");
        requireNonNull(headers, "headers");
        requireNonNull(sentNames, "sentNames");
        requireNonNull(body, "body");
        requireNonNull(remoteAddress, "remoteAddress");
    }

    /** Creates a request whose header names are known in lower case only. */
    public HttpRequest(
            String method,
            String rawPath,
            String rawQuery,
            Map<String, List<String>> headers,
            byte[] body,
            String remoteAddress) {
        this(method, rawPath, rawQuery, headers, Map.of(), body, remoteAddress);
    }

    /** Returns the first value of a header, whose name may be in any letter case. */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /** Returns the size of the body in bytes: as received, or as announced if the handler does not read it. */
    public long bodyBytes() {
        OptionalLong announced = RequestLength.number(header("content-length").orElse(""));
        return Math.max(body.length, announced.orElse(0));
    }
}
