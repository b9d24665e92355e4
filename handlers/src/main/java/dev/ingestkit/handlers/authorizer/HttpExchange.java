package dev.ingestkit.handlers.authorizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Exchanges one HTTP request for its answer, with timeouts that leave the authorizer time to report a failure. */
final class HttpExchange {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int READ_TIMEOUT_MILLIS = 1_500;
    /** A secret has at most 64 KiB; JSON may escape a byte as six characters. */
    private static final int MAX_ANSWER_BYTES = 512 * 1024;

    private HttpExchange() {}

    /** An HTTP answer, whatever its status. */
    record Answer(int status, byte[] body) {}

    /**
     * Sends a request and reads the answer.
     *
     * @param headers a {@code host} header is left out: the connection writes it
     * @param body null for a request without one
     * @throws IOException when there is no complete answer in time (1 s to connect, 1.5 s between bytes)
     */
    static Answer send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!header.getKey().equals("host")) {
                connection.setRequestProperty(header.getKey(), header.getValue());
            }
        }
        if (body != null) {
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, in == null ? new byte[0] : in.readNBytes(MAX_ANSWER_BYTES));
        }
    }
}
