package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The template's files, compared with what runs. Thread-safe.
 *
 * <ul>
 * <li>{@code GET /_ingest/template}: the state, as in the runtime's status
 * <li>{@code POST /_ingest/template}: reads the files again, applies them unless the runtime is attached, and answers with
 * the state
 * </ul>
 */
public final class TemplateEndpoint implements HttpHandler {

    /** The path of the resource. */
    public static final String PATH = "/_ingest/template";

    private final Supplier<Optional<TemplateWatch>> watch;

    /**
     * Creates the endpoint.
     *
     * @param watch returns the watch; empty until the runtime has started
     */
    public TemplateEndpoint(Supplier<Optional<TemplateWatch>> watch) {
        this.watch = requireNonNull(watch, "watch");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String call = request.method() + " " + request.rawPath();
        return switch (call) {
            case "GET " + PATH ->
                CompletableFuture.completedFuture(
                        answer(watch.get().map(TemplateWatch::state).orElse(TemplateState.NONE)));
            case "POST " + PATH -> reload();
            default ->
                CompletableFuture.completedFuture(
                        JsonAnswers.error(404, "'" + call + "' is not a resource of this API"));
        };
    }

    private CompletionStage<HttpResponse> reload() {
        Optional<TemplateWatch> watching = watch.get();
        if (watching.isEmpty()) {
            return CompletableFuture.completedFuture(JsonAnswers.error(
                    400, "the runtime is starting and reads its template: try again when it has started"));
        }
        return watching.get()
                .reload()
                .handle((state, failure) -> failure == null
                        ? answer(state)
                        : JsonAnswers.error(
                                500, String.valueOf(Completions.unwrap(failure).getMessage())));
    }

    private static HttpResponse answer(TemplateState state) {
        return JsonAnswers.of(200, state.json());
    }
}
