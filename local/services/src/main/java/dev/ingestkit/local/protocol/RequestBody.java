package dev.ingestkit.local.protocol;

import dev.ingestkit.local.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Decompresses request bodies, which SDKs compress in large calls of some services. Stateless. */
final class RequestBody {

    /** The size of the largest call of any service that runs here, which also bounds what a small body can become. */
    private static final int MAX_BYTES = 32 << 20;

    private RequestBody() {}

    /**
     * Returns the request with its body as it was before {@code Content-Encoding: gzip} or {@code deflate}, or the same
     * request if it has neither.
     *
     * @throws ServiceException if the body is not of that form, or is too large
     */
    static HttpRequest decoded(HttpRequest request) {
        String coding = request.header("content-encoding").orElse("").toLowerCase(Locale.ROOT);
        if (!coding.equals("gzip") && !coding.equals("deflate")) {
            return request;
        }
        byte[] body;
        try (InputStream sent = new ByteArrayInputStream(request.body());
                InputStream plain = coding.equals("gzip") ? new GZIPInputStream(sent) : new InflaterInputStream(sent)) {
            body = plain.readNBytes(MAX_BYTES + 1);
        } catch (IOException malformed) {
            throw ServiceException.badRequest(
                    "SerializationException", "the body is not %s: %s".formatted(coding, malformed.getMessage()));
        }
        if (body.length > MAX_BYTES) {
            throw new ServiceException(
                    "RequestEntityTooLargeException", 413, "the body exceeds %d bytes".formatted(MAX_BYTES));
        }
        return new HttpRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                request.headers(),
                request.sentNames(),
                body,
                request.remoteAddress());
    }
}
