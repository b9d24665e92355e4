package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Passes requests on until new ones are held back. Thread-safe. */
public final class HoldableHandler implements HttpHandler {

    private final HttpHandler behind;
    private volatile @Nullable HeldRequests held;

    public HoldableHandler(HttpHandler behind) {
        this.behind = requireNonNull(behind, "behind");
    }

    /** Lets new requests wait; those in flight continue. */
    public HeldRequests hold() {
        HeldRequests requests = new HeldRequests();
        held = requests;
        return requests;
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        HttpHandler waiting = held;
        return waiting == null ? behind.handle(request) : waiting.handle(request);
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return behind.readsLargeBody(head);
    }
}
