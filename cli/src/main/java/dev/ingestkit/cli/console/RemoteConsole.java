package dev.ingestkit.cli.console;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.SignedCalls;
import dev.ingestkit.local.console.ConsolePages;
import dev.ingestkit.local.console.PageToken;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves the console for a stack at another endpoint: the pages, what is known of the stack, and the pages' calls of
 * AWS's APIs, signed with the user's credentials. Every call needs the console's token, since it acts with those
 * credentials. Thread-safe.
 */
public final class RemoteConsole implements HttpHandler, AutoCloseable {

    private static final int THREADS = 4;

    /** The headers of a page's call that belong to the call. */
    private static final List<String> PASSED_ON = List.of("content-type", "x-amz-target");

    /** A function's failure is answered with status 200 and this header: without it a page takes the error for an answer. */
    private static final String FUNCTION_ERROR = "X-Amz-Function-Error";

    private final RemoteStack stack;
    private final SignedCalls calls;
    private final AllowedCalls allowed;
    private final HttpHandler pages;
    private final HttpHandler guarded;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS, DaemonThreads.numbered("console"));

    /**
     * Creates the console.
     *
     * @param calls sends the calls that pages make
     * @param writes whether calls may change data
     */
    public RemoteConsole(RemoteStack stack, SignedCalls calls, boolean writes) {
        this.stack = requireNonNull(stack, "stack");
        this.calls = requireNonNull(calls, "calls");
        this.allowed = new AllowedCalls(writes);
        PageToken token = PageToken.random();
        this.pages = new ConsolePages(token);
        this.guarded = token.require(this::forward);
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String path = request.rawPath();
        if (path.startsWith(ConsolePages.PATH)) {
            return pages.handle(request);
        }
        return switch (request.method() + " " + path) {
            case "GET /" ->
                CompletableFuture.completedFuture(
                        HttpResponse.text(307, "the console is at " + ConsolePages.PATH + "/\n")
                                .withHeader("Location", ConsolePages.PATH + "/"));
            case "GET /_ingest/status" ->
                answered(() -> json(200, stack.status().toString()));
            case "GET /_ingest/stack" -> answered(() -> json(200, stack.graph().toString()));
            default ->
                path.startsWith("/_ingest/")
                        ? CompletableFuture.completedFuture(error(
                                404,
                                "only an embedded runtime has '%s': attach one to this endpoint with ingest-cli up --attach URL"
                                        .formatted(path)))
                        : guarded.handle(request);
        };
    }

    private CompletionStage<HttpResponse> forward(HttpRequest request) {
        Optional<String> refusal = allowed.refusal(request);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(error(403, refusal.get()));
        }
        Map<String, String> headers = new LinkedHashMap<>();
        PASSED_ON.forEach(name -> request.header(name).ifPresent(value -> headers.put(name, value)));
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        return answered(() -> {
            SignedCalls.Answer answer = calls.send(
                    AllowedCalls.service(request),
                    request.method(),
                    request.rawPath() + query,
                    headers,
                    request.body());
            HttpResponse response = HttpResponse.of(answer.status(), answer.contentType(), answer.body())
                    .withHeader("Cache-Control", "no-store");
            return answer.headers()
                    .firstValue(FUNCTION_ERROR)
                    .map(error -> response.withHeader(FUNCTION_ERROR, error))
                    .orElse(response);
        });
    }

    /** Answers on a thread of its own, since calls of another endpoint take a while. */
    private CompletionStage<HttpResponse> answered(Supplier<HttpResponse> answer) {
        return CompletableFuture.supplyAsync(answer, workers)
                .exceptionally(failure ->
                        error(502, String.valueOf(Completions.unwrap(failure).getMessage())));
    }

    private static HttpResponse error(int status, String message) {
        return json(
                status, Json.mapper().createObjectNode().put("error", message).toString());
    }

    private static HttpResponse json(int status, String body) {
        return HttpResponse.of(status, "application/json", body.getBytes(StandardCharsets.UTF_8))
                .withHeader("Cache-Control", "no-store");
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
