package dev.ingestkit.local.inprocess;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets requests wait until another handler answers them, or fails them when closed before that: no request waits for ever.
 * Thread-safe.
 */
public final class HeldRequests implements HttpHandler, AutoCloseable {

    private final CompletableFuture<HttpHandler> released = new CompletableFuture<>();

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return released.thenCompose(handler -> handler.handle(request));
    }

    /** Passes all requests, held ones and later ones, to a handler. */
    public void release(HttpHandler handler) {
        released.complete(handler);
    }

    /** Fails all requests, held ones and later ones, unless they have been released. */
    @Override
    public void close() {
        released.completeExceptionally(
                new IllegalStateException(
                        "the requests were held while the stack changed, and the change has failed: stop and start the runtime"));
    }
}
