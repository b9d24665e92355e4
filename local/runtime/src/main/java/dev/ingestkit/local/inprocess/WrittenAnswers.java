package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each answer once everything that it may report survives the end of the process. While the store cannot be
 * written, for example because its disk is full, requests are answered with 500 and change nothing more; they succeed
 * again once the store can be written. Thread-safe.
 */
public final class WrittenAnswers implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(WrittenAnswers.class);

    private final Store store;
    private final HttpHandler handler;
    private final AtomicBoolean reported = new AtomicBoolean();

    public WrittenAnswers(Store store, HttpHandler handler) {
        this.store = requireNonNull(store, "store");
        this.handler = requireNonNull(handler, "handler");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        if (!store.isWritable()) {
            return CompletableFuture.completedFuture(unwritable("the data directory cannot be written at the moment"));
        }
        return handler.handle(request).thenCompose(this::afterWritten);
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return handler.readsLargeBody(head);
    }

    private CompletionStage<HttpResponse> afterWritten(HttpResponse response) {
        return store.written().handle((written, failure) -> {
            if (failure == null) {
                reported.set(false);
                return response;
            }
            String text = String.valueOf(Completions.unwrap(failure).getMessage());
            if (reported.compareAndSet(false, true)) {
                LOG.error("{}; requests fail until it can be, and nothing that was answered is lost", text);
            }
            return unwritable(text);
        });
    }

    private static HttpResponse unwritable(String text) {
        String body = Json.mapper()
                .createObjectNode()
                .put("__type", "InternalFailure")
                .put("message", text)
                .toString();
        return HttpResponse.of(500, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .withHeader("x-amzn-ErrorType", "InternalFailure");
    }
}
