package dev.ingestkit.local.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers requests. Called on an I/O thread: it must return at once and do long or blocking work elsewhere. A stage
 * that fails is answered with 500 and logged with the request's method and path.
 */
@FunctionalInterface
public interface HttpHandler {

    CompletionStage<HttpResponse> handle(HttpRequest request);
}
