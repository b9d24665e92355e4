package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.inprocess.HeldRequests;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Serves the port while the stack behind it starts: until then every request waits. Thread-safe. */
final class SwitchableHandler implements HttpHandler {

    private final HeldRequests starting = new HeldRequests();
    private volatile HttpHandler behind = starting;

    /** Passes requests to a handler from now on, those that wait included. */
    void set(HttpHandler handler) {
        this.behind = requireNonNull(handler, "handler");
        starting.release(handler);
    }

    /** Closes the connections of all requests, those that wait included. */
    void drop() {
        set(request -> CompletableFuture.failedFuture(new DroppedConnectionException()));
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
