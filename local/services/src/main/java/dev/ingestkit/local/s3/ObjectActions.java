package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The actions on one object. Thread-safe. */
final class ObjectActions {

    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_METADATA_BYTES = 2048;
    private static final String METADATA = "x-amz-meta-";

    private static final String STORAGE_CLASS = "x-amz-storage-class";
    private static final String CHECKSUM = "x-amz-checksum-";
    /** Headers stored with an object and returned. */
    private static final Set<String> STORED_HEADERS = Set.of(
            "content-type",
            "cache-control",
            "content-disposition",
            "content-language",
            "expires",
            "x-amz-website-redirect-location",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled");
    /** Storage classes from which an object can be read at once; the others need a restore. */
    private static final Set<String> STORAGE_CLASSES =
            Set.of("STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR");

    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");
    /** Headers of the response that a parameter of GetObject replaces. */
    private static final List<String> REPLACEABLE = List.of(
            "Content-Type", "Content-Language", "Expires", "Cache-Control", "Content-Disposition", "Content-Encoding");

    /** Headers that would change the request's meaning. */
    private static final List<String> UNSUPPORTED_HEADERS = List.of(
            "x-amz-copy-source",
            "x-amz-tagging",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-legal-hold",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-write-offset-bytes");

    private final BucketStore store;
    private final Clock clock;

    ObjectActions(BucketStore store, Clock clock) {
        this.store = requireNonNull(store, "store");
        this.clock = requireNonNull(clock, "clock");
    }

    HttpResponse put(S3Call call) {
        requireSupported(call, UNSUPPORTED_HEADERS);
        Map<String, String> headers = headers(call);
        requireStorageClass(headers);
        StoredObject object = object(call.key(), ChunkedContent.of(call.http(), headers::put), headers);
        Optional<String> absent = call.header("if-none-match");
        if (absent.filter(tag -> !tag.equals("*")).isPresent()
                || call.header("if-match").isPresent()) {
            throw S3Errors.notImplemented("PutObject with If-Match, or If-None-Match other than *");
        }
        if (!store.put(store.bucket(call.bucket()), object, absent.isPresent())) {
            throw S3Errors.preconditionFailed("If-None-Match");
        }
        return HttpResponse.of(200, "application/xml", new byte[0]).withHeader("ETag", object.etag());
    }

    private static void requireStorageClass(Map<String, String> headers) {
        String storageClass = headers.getOrDefault(STORAGE_CLASS, "STANDARD");
        if (ARCHIVES.contains(storageClass)) {
            throw S3Errors.notImplemented("PutObject with the storage class " + storageClass);
        }
        if (!STORAGE_CLASSES.contains(storageClass)) {
            throw S3Errors.invalidStorageClass();
        }
        // S3 does not name the class STANDARD in a response.
        headers.remove(STORAGE_CLASS, "STANDARD");
    }

    private static void requireSupported(S3Call call, List<String> headers) {
        headers.stream()
                .filter(name -> call.header(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw S3Errors.notImplemented("%s with the header %s".formatted(call.method(), name));
                });
    }

    /** Returns an object modified now. */
    StoredObject object(String key, byte[] content, Map<String, String> headers) {
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw S3Errors.keyTooLong();
        }
        return StoredObject.of(key, content, headers, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private static Map<String, String> headers(S3Call call) {
        Map<String, String> stored = new LinkedHashMap<>();
        int metadata = 0;
        for (String name : call.http().headers().keySet()) {
            if (name.startsWith(METADATA) || STORED_HEADERS.contains(name) || name.equals(STORAGE_CLASS)) {
                String value = call.header(name).orElse("");
                metadata += name.startsWith(METADATA) ? name.length() - METADATA.length() + value.length() : 0;
                stored.put(name, value);
            }
        }
        if (metadata > MAX_METADATA_BYTES) {
            throw S3Errors.invalidArgument("Your metadata headers exceed the maximum allowed metadata size");
        }
        call.header("content-encoding")
                .map(coding -> coding.replaceAll("\\s*aws-chunked\\s*,?", ""))
                .filter(coding -> !coding.isEmpty())
                .ifPresent(coding -> stored.put("content-encoding", coding));
        return stored;
    }

    /** GetObject and HeadObject. The HTTP server omits the content of a response to HEAD. */
    HttpResponse get(S3Call call) {
        requireSupported(call, List.of("if-modified-since", "if-unmodified-since"));
        StoredObject object = store.bucket(call.bucket()).find(call.key()).orElseThrow(S3Errors::noSuchKey);
        if (call.header("if-match").filter(tag -> !matches(tag, object)).isPresent()) {
            throw S3Errors.preconditionFailed("If-Match");
        }
        if (call.header("if-none-match").filter(tag -> matches(tag, object)).isPresent()) {
            return response(object, 304, new byte[0]);
        }
        Range range = call.header("range")
                .map(text -> Range.of(text, object.content().length))
                .orElse(null);
        HttpResponse response = range == null ? response(object, 200, object.content()) : part(object, range);
        return replaceHeaders(call, withChecksums(call, object, range == null, response));
    }

    /** Adds the checksums that were sent with the object, if the call asks for them; those of a part are not known. */
    private static HttpResponse withChecksums(S3Call call, StoredObject object, boolean whole, HttpResponse response) {
        boolean wanted = call.header("x-amz-checksum-mode")
                .filter("ENABLED"::equalsIgnoreCase)
                .isPresent();
        HttpResponse result = response;
        for (Map.Entry<String, String> header : object.headers().entrySet()) {
            if (wanted && whole && header.getKey().startsWith(CHECKSUM)) {
                result = result.withHeader(header.getKey(), header.getValue());
            }
        }
        return result;
    }

    private static HttpResponse replaceHeaders(S3Call call, HttpResponse response) {
        HttpResponse result = response;
        for (String name : REPLACEABLE) {
            Optional<String> value = call.parameter("response-" + name.toLowerCase(Locale.ROOT));
            if (value.isPresent()) {
                result = result.withHeader(name, value.get());
            }
        }
        return result;
    }

    private static boolean matches(String tags, StoredObject object) {
        return Arrays.stream(tags.split(",", -1))
                .map(String::trim)
                .anyMatch(tag -> tag.equals("*")
                        || tag.replace("\"", "").equals(object.etag().replace("\"", "")));
    }

    private static HttpResponse part(StoredObject object, Range range) {
        byte[] part = Arrays.copyOfRange(object.content(), range.from(), range.to() + 1);
        return response(object, 206, part)
                .withHeader(
                        "Content-Range", "bytes %d-%d/%d".formatted(range.from(), range.to(), object.content().length));
    }

    private static HttpResponse response(StoredObject object, int status, byte[] content) {
        HttpResponse response = HttpResponse.of(
                        status, object.headers().getOrDefault("content-type", "binary/octet-stream"), content)
                .withHeader("ETag", object.etag())
                .withHeader("Last-Modified", object.lastModified())
                .withHeader("Accept-Ranges", "bytes");
        for (Map.Entry<String, String> header : object.headers().entrySet()) {
            if (!header.getKey().equals("content-type") && !header.getKey().startsWith(CHECKSUM)) {
                response = response.withHeader(header.getKey(), header.getValue());
            }
        }
        return response;
    }

    /** A range of bytes, both ends included. */
    private record Range(int from, int to) {

        /** Returns null for a header that is not a range of bytes, which HTTP says to ignore. */
        static @Nullable Range of(String header, int length) {
            if (!header.matches("bytes=(\\d{1,9}-\\d{0,9}|-\\d{1,9})")) {
                return null;
            }
            String[] ends = header.substring("bytes=".length()).split("-", 2);
            int from = ends[0].isEmpty() ? Math.max(0, length - Integer.parseInt(ends[1])) : Integer.parseInt(ends[0]);
            int to = ends[0].isEmpty() || ends[1].isEmpty() ? length - 1 : Integer.parseInt(ends[1]);
            if (from >= length || to < from) {
                throw S3Errors.invalidRange();
            }
            return new Range(from, Math.min(to, length - 1));
        }
    }

    /** Deletes an object. A missing object is not an error. */
    HttpResponse delete(S3Call call) {
        Optional<String> tags = call.header("if-match");
        requireSupported(call, List.of("x-amz-if-match-last-modified-time", "x-amz-if-match-size"));
        boolean deleted = store.remove(
                store.bucket(call.bucket()), call.key(), object -> tags.isEmpty() || matches(tags.get(), object));
        if (!deleted) {
            throw S3Errors.preconditionFailed("If-Match");
        }
        return HttpResponse.of(204, "application/xml", new byte[0]);
    }
}
