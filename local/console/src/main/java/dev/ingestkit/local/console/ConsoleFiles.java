package dev.ingestkit.local.console;

import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the console's files from the class path, compressed where the client accepts it. A browser asks each time
 * whether a file has changed, so that an upgraded runtime never meets an old page. Thread-safe.
 */
final class ConsoleFiles {

    /** Names without a slash and with a known ending: nothing outside the page's directory can be named. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}\\.(html|js|css|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");

    private static final Map<String, List<String>> HEADERS = Map.of(
            "Content-Security-Policy", List.of(POLICY),
            "X-Content-Type-Options", List.of("nosniff"),
            "Referrer-Policy", List.of("no-referrer"),
            "Cross-Origin-Opener-Policy", List.of("same-origin"),
            "Cross-Origin-Resource-Policy", List.of("same-origin"),
            "Cache-Control", List.of("no-cache"),
            "Vary", List.of("Accept-Encoding"));

    private final Map<String, Optional<Content>> contents = new ConcurrentHashMap<>();

    private record Content(String type, byte[] plain, byte[] compressed, String tag) {}

    /** Answers a request for a file; empty if there is none of that name. */
    Optional<HttpResponse> answer(String name, HttpRequest request) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return contents.computeIfAbsent(name, ConsoleFiles::read).map(content -> answer(content, request));
    }

    private static HttpResponse answer(Content content, HttpRequest request) {
        boolean unchanged = request.header("if-none-match")
                .map(tags -> tags.contains(content.tag()))
                .orElse(false);
        boolean compress = request.header("accept-encoding")
                .map(encodings -> encodings.contains("gzip"))
                .orElse(false);
        byte[] body = compress ? content.compressed() : content.plain();
        HttpResponse response = unchanged
                ? new HttpResponse(304, HEADERS, new HttpResponse.Bytes(new byte[0]))
                : new HttpResponse(200, HEADERS, new HttpResponse.Bytes(body))
                        .withHeader("Content-Type", content.type());
        response = response.withHeader("ETag", content.tag());
        return compress && !unchanged ? response.withHeader("Content-Encoding", "gzip") : response;
    }

    private static Optional<Content> read(String name) {
        try (InputStream file = ConsoleFiles.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                return Optional.empty();
            }
            byte[] plain = file.readAllBytes();
            String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), "application/octet-stream");
            return Optional.of(new Content(type, plain, compressed(plain), tag(plain)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the console's file " + name + " cannot be read", unreadable);
        }
    }

    private static byte[] compressed(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }

    private static String tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
