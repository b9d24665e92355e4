package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * One object. Immutable: the content is not copied and must not be changed.
 *
 * @param headers what GetObject gives back besides the content: its type, the user's metadata, caching and so on
 */
record StoredObject(String key, byte[] content, Map<String, String> headers, Instant modified, String etag) {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    StoredObject {
        requireNonNull(key, "key");
        requireNonNull(content, "content");
        headers = Map.copyOf(headers);
        requireNonNull(modified, "modified");
        requireNonNull(etag, "etag");
    }

    static StoredObject of(String key, byte[] content, Map<String, String> headers, Instant modified) {
        return new StoredObject(
                key, content, headers, modified, '"' + HexFormat.of().formatHex(md5(content)) + '"');
    }

    static byte[] md5(byte[] content) {
        try {
            return MessageDigest.getInstance("MD5").digest(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }

    /** The time as a header has it. */
    String lastModified() {
        return HTTP_DATE.format(modified);
    }
}
