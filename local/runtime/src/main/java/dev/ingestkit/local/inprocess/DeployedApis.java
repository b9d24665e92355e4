package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stack's APIs, closed until all of them are deployed: until then clients are asked to retry, where 404 would be
 * final. Requests can be held back later. Thread-safe.
 */
public final class DeployedApis implements HttpHandler {

    private final HttpHandler apis;
    private volatile boolean open;
    private volatile @Nullable HeldRequests held;

    /** Creates closed APIs. */
    public DeployedApis(HttpHandler apis) {
        this.apis = requireNonNull(apis, "apis");
    }

    /** Serves requests from now on. */
    public void open() {
        open = true;
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
        if (waiting != null) {
            return waiting.handle(request);
        }
        return open
                ? apis.handle(request)
                : CompletableFuture.completedFuture(
                        HttpResponse.text(503, "the runtime is starting\n").withHeader("Retry-After", "1"));
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return apis.readsLargeBody(head);
    }
}
