package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves the port while the stack behind it starts: until then every request is asked to retry. Thread-safe. */
final class SwitchableHandler implements HttpHandler {

    private volatile HttpHandler behind = request -> CompletableFuture.completedFuture(
            HttpResponse.text(503, "the runtime is starting\n").withHeader("Retry-After", "1"));

    /** Passes requests to a handler from now on. */
    void set(HttpHandler handler) {
        this.behind = requireNonNull(handler, "handler");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return behind.handle(request);
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return behind.readsLargeBody(head);
    }
}
