package dev.ingestkit.local.http;

import java.util.concurrent.CompletionStage;

/**
 * Handles requests. Called on an I/O thread, so it must return at once and do long or blocking work elsewhere. A stage
 * that fails is answered with 500 and logged with method and path; {@link DroppedConnectionException} closes the
 * connection instead. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface HttpHandler {

    /** The largest body, in bytes, that every handler reads. */
    int LARGE_BODY_BYTES = 10 * 1024 * 1024;

    /**
     * Handles one request.
     *
     * @return a stage of the response
     */
    CompletionStage<HttpResponse> handle(HttpRequest request);

    /**
     * Returns whether this handler reads a body of more than {@link #LARGE_BODY_BYTES}. If it does not, it handles the
     * request at once, with the bytes that have arrived and {@link HttpRequest#bodyBytes} above that size; a client that
     * expects {@code 100 Continue} is not asked for the body, and the connection closes after the answer.
     *
     * @param head the request without its body
     */
    default boolean readsLargeBody(HttpRequest head) {
        return true;
    }
}
