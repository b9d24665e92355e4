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
 * @param key the object's key
 * @param content the bytes
 * @param headers the headers that GetObject returns: content type, the user's metadata, caching and so on
 * @param modified the time of the upload, in whole seconds
 * @param etag the digest of the content, in quotes
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

    /** Returns the modification time in the form of a header. */
    String lastModified() {
        return HTTP_DATE.format(modified);
    }
}
