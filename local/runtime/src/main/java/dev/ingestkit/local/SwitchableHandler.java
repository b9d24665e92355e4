package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the port while the stack behind it starts: until then every request is told to come back. Thread-safe. */
final class SwitchableHandler implements HttpHandler {

    private volatile HttpHandler behind = request -> CompletableFuture.completedFuture(
            HttpResponse.text(503, "the runtime is starting\n").withHeader("Retry-After", "1"));

    /** Lets requests through from now on. */
    void set(HttpHandler handler) {
        this.behind = requireNonNull(handler, "handler");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return behind.handle(request);
    }
}
