package dev.ingestkit.local.http;

import java.util.concurrent.CompletionStage;

/**
 * Handles requests. Called on an I/O thread, so it must return at once and do long or blocking work elsewhere. A stage
 * that fails is answered with 500 and logged with method and path; {@link DroppedConnectionException} closes the
 * connection instead. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface HttpHandler {

    /**
     * Handles one request.
     *
     * @return a stage of the response
     */
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
