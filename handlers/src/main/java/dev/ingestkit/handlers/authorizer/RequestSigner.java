package dev.ingestkit.handlers.authorizer;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signs requests by AWS Signature Version 4, the form in the Authorization header. Immutable. */
final class RequestSigner {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final String region;
    private final String service;

    RequestSigner(String region, String service) {
        this.region = requireNonNull(region, "region");
        this.service = requireNonNull(service, "service");
    }

    /**
     * Signs one request. All headers given are signed.
     *
     * @param uri its path and query must be in canonical form already: encoded once, parameters sorted
     * @param headers by name, each with one value without inner runs of spaces
     * @return the headers to send: those given, by lower-case name, with host, x-amz-date, the session's token and
     *     authorization
     */
    SortedMap<String, String> sign(
            String method, URI uri, Map<String, String> headers, byte[] body, AwsCredentials credentials, Instant at) {
        String timestamp = timestamp(at);
        SortedMap<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.put("host", uri.getRawAuthority());
        signed.put("x-amz-date", timestamp);
        if (credentials.sessionToken() != null) {
            signed.put("x-amz-security-token", credentials.sessionToken());
        }
        String names = String.join(";", signed.keySet());
        String scope = timestamp.substring(0, 8) + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + timestamp + "\n" + scope + "\n"
                + Sha256.hex(Sha256.digest(utf8(canonical(method, uri, signed, names, body))));
        String signature = Sha256.hex(Sha256.hmac(signingKey(credentials, timestamp.substring(0, 8)), utf8(text)));
        signed.put(
                "authorization",
                ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                        + ", Signature=" + signature);
        return signed;
    }

    private static String canonical(
            String method, URI uri, SortedMap<String, String> headers, String names, byte[] body) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        StringBuilder canonical = new StringBuilder(256)
                .append(method)
                .append('\n')
                .append(path)
                .append('\n')
                .append(query)
                .append('\n');
        for (Map.Entry<String, String> header : headers.entrySet()) {
            canonical
                    .append(header.getKey())
                    .append(':')
                    .append(header.getValue())
                    .append('\n');
        }
        return canonical
                .append('\n')
                .append(names)
                .append('\n')
                .append(Sha256.hex(Sha256.digest(body)))
                .toString();
    }

    private byte[] signingKey(AwsCredentials credentials, String date) {
        byte[] dateKey = Sha256.hmac(utf8("AWS4" + credentials.secretAccessKey()), utf8(date));
        byte[] regionKey = Sha256.hmac(dateKey, utf8(region));
        return Sha256.hmac(Sha256.hmac(regionKey, utf8(service)), utf8("aws4_request"));
    }

    /** yyyyMMdd'T'HHmmss'Z', put together by hand: a DateTimeFormatter costs a cold start some 200 classes. */
    private static String timestamp(Instant at) {
        LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(16).append(utc.getYear());
        two(text, utc.getMonthValue());
        two(text, utc.getDayOfMonth());
        text.append('T');
        two(text, utc.getHour());
        two(text, utc.getMinute());
        two(text, utc.getSecond());
        return text.append('Z').toString();
    }

    private static void two(StringBuilder text, int number) {
        if (number < 10) {
            text.append('0');
        }
        text.append(number);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
