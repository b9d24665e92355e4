package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.mapping.InvalidMappingException;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lambda's REST API, as far as a running stack needs it: invoking, reading functions, and the event source
 * mappings. Functions are changed in the template, their code by a build. Register the API under each
 * of {@link #PATHS}. Thread-safe; never blocks.
 */
public final class LambdaApi implements HttpHandler {

    /** The beginnings of all of Lambda's paths. */
    public static final Set<String> PATHS = Set.of(
            "/2014-11-13/",
            "/2015-03-31/",
            "/2016-08-19/",
            "/2017-03-31/",
            "/2017-10-31/",
            "/2018-10-31/",
            "/2019-09-25/",
            "/2019-09-30/",
            "/2020-04-22/",
            "/2020-06-30/",
            "/2021-07-20/",
            "/2021-10-31/",
            "/2021-11-15/",
            "/2024-08-31/");

    private final FunctionActions functions;
    private final InvokeAction invoke;
    private final MappingActions mappings;
    private final Supplier<String> ids;

    /**
     * Creates the API.
     *
     * @param queueMappings the mappings whose sources are queues
     * @param invocations the queue of asynchronous invocations
     * @param ids generates request ids and the ids of new mappings: UUIDs
     */
    public LambdaApi(
            FunctionCatalog functions,
            FunctionInvoker invoker,
            MappingCatalog mappings,
            QueueMappings queueMappings,
            AsyncInvocations invocations,
            Supplier<String> ids) {
        this.ids = requireNonNull(ids, "ids");
        this.functions = new FunctionActions(requireNonNull(functions, "functions"));
        this.invoke = new InvokeAction(
                this.functions, requireNonNull(invoker, "invoker"), requireNonNull(invocations, "invocations"));
        this.mappings = new MappingActions(
                this.functions,
                requireNonNull(mappings, "mappings"),
                new QueueMappingActions(this.functions, requireNonNull(queueMappings, "queueMappings"), ids),
                ids);
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        String requestId = ids.get();
        CompletionStage<HttpResponse> answer;
        try {
            answer = route(new ApiCall(request));
        } catch (ServiceException | InvalidMappingException refused) {
            answer = CompletableFuture.failedFuture(refused);
        }
        return answer.exceptionally(LambdaApi::error)
                .thenApply(response -> response.withHeader("x-amzn-RequestId", requestId));
    }

    private CompletionStage<HttpResponse> route(ApiCall call) {
        List<String> path = call.path();
        String kind = path.size() > 1 ? path.get(1) : "";
        return switch (kind) {
            case "functions" -> function(call);
            case "event-source-mappings" -> mappings.handle(call);
            case "tags" ->
                path.size() == 3 && call.is("GET")
                        ? json(200, functions.tags(path.get(2)))
                        : CompletableFuture.failedFuture(notImplemented(call));
            case "account-settings" -> json(200, functions.account());
            default -> CompletableFuture.failedFuture(notImplemented(call));
        };
    }

    private CompletionStage<HttpResponse> function(ApiCall call) {
        List<String> path = call.path();
        if (path.size() == 4 && path.get(3).equals("invocations") && call.is("POST")) {
            return invoke.handle(call);
        }
        if (!call.is("GET")) {
            return CompletableFuture.failedFuture(notImplemented(call));
        }
        if (path.size() == 2) {
            return json(200, functions.list());
        }
        FunctionCatalog.Entry function = functions.named(path.get(2));
        String qualifier = functions.qualifier(function, path.get(2), call.parameter("Qualifier"));
        if (path.size() == 3) {
            return json(200, functions.describe(function, qualifier));
        }
        return switch (path.get(3)) {
            case "configuration" -> json(200, functions.configuration(function, qualifier));
            case "versions" -> json(200, functions.versions(function));
            case "aliases" ->
                json(200, path.size() == 4 ? functions.aliases(function) : functions.alias(function, path.get(4)));
            case "concurrency" -> json(200, functions.concurrency(function));
            default -> CompletableFuture.failedFuture(notImplemented(call));
        };
    }

    static CompletionStage<HttpResponse> json(int status, JsonNode body) {
        return CompletableFuture.completedFuture(Answers.json(status, body));
    }

    static ServiceException notImplemented(ApiCall call) {
        return ServiceException.notImplemented(
                "lambda", call.request().method() + " " + call.request().rawPath());
    }

    private static HttpResponse error(Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        if (cause instanceof ServiceException refused) {
            return Answers.error(refused.status(), refused.code(), refused.text());
        }
        if (cause instanceof InvalidMappingException invalid) {
            return Answers.error(400, invalid.code(), String.valueOf(invalid.getMessage()));
        }
        if (cause instanceof InvokeRejectedException rejected) {
            return Answers.error(
                    rejected.reason().status(), rejected.reason().code(), String.valueOf(rejected.getMessage()));
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new CompletionException(failure);
    }
}
