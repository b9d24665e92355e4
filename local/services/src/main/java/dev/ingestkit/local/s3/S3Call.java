package dev.ingestkit.local.s3;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.ServiceException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as S3 reads it.
 *
 * @param http the request
 * @param bucket empty for the account's root
 * @param key empty for the bucket itself
 * @param query parameters by name; one without a value has an empty value
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">Virtual hosting of
 *     buckets</a>
 */
record S3Call(HttpRequest http, String bucket, String key, Map<String, String> query) {

    private static final Pattern BUCKET_HOST =
            Pattern.compile("([a-z0-9][a-z0-9.-]*?[a-z0-9])\\.(?:s3\\.)?localhost(?:\\.localstack\\.cloud)?(?::\\d+)?");

    S3Call {
        requireNonNull(http, "http");
        query = Map.copyOf(query);
    }

    /**
     * Reads a request, whose bucket is in the path or in the host.
     *
     * @throws ServiceException for an invalid percent-encoding
     */
    static S3Call of(HttpRequest request) {
        String path = request.rawPath().substring(1);
        Optional<String> host = request.header("host").flatMap(S3Call::bucketOf);
        int slash = path.indexOf('/');
        String bucket = host.orElse(slash < 0 ? path : path.substring(0, slash));
        String key = host.isPresent() ? path : slash < 0 ? "" : path.substring(slash + 1);
        return new S3Call(request, decoded(bucket), decoded(key), query(request.rawQuery()));
    }

    private static Optional<String> bucketOf(String host) {
        Matcher name = BUCKET_HOST.matcher(host);
        return name.matches() && !name.group(1).equals("s3") ? Optional.of(name.group(1)) : Optional.empty();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals);
            if (!name.isEmpty()) {
                query.put(
                        decoded(name),
                        equals < 0 ? "" : decoded(part.substring(equals + 1).replace("+", "%20")));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ServiceException.badRequest("InvalidURI", "Couldn't parse the specified URI.");
        }
    }

    String method() {
        return http.method();
    }

    boolean hasParameter(String parameter) {
        return query.containsKey(parameter);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return http.header(name);
    }
}
