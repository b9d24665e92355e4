package dev.ingestkit.local.lambda;

import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The action {@code Invoke} in its three types. Thread-safe. */
final class InvokeAction {

    private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int ASYNCHRONOUS_BYTES = 1024 * 1024;

    private final FunctionActions functions;
    private final FunctionInvoker invoker;
    private final AsyncInvocations invocations;

    InvokeAction(FunctionActions functions, FunctionInvoker invoker, AsyncInvocations invocations) {
        this.functions = functions;
        this.invoker = invoker;
        this.invocations = invocations;
    }

    CompletionStage<HttpResponse> handle(ApiCall call) {
        FunctionCatalog.Entry function = functions.named(call.path().get(2));
        String qualifier = functions.qualifier(function, call.path().get(2), call.parameter("Qualifier"));
        HttpRequest request = call.request();
        byte[] event = request.body().length == 0 ? EMPTY_EVENT : request.body();
        String type = request.header("x-amz-invocation-type").orElse("RequestResponse");
        String target = function.config().arn() + ":" + qualifier;
        return switch (type) {
            case "RequestResponse" ->
                invoker.invoke(target, event)
                        .thenApply(invocation ->
                                answer(invocation, request, FunctionActions.version(function, qualifier)));
            case "Event" -> asynchronous(target, event);
            case "DryRun" -> CompletableFuture.completedFuture(empty(204));
            default ->
                CompletableFuture.failedFuture(ServiceException.badRequest(
                        "InvalidParameterValueException",
                        "X-Amz-Invocation-Type must be RequestResponse, Event or DryRun: " + type));
        };
    }

    private static HttpResponse answer(Invocation invocation, HttpRequest request, String version) {
        HttpResponse answer = HttpResponse.of(200, "application/json", invocation.payload())
                .withHeader("X-Amz-Executed-Version", version);
        if (invocation.error().isPresent()) {
            answer =
                    answer.withHeader("X-Amz-Function-Error", invocation.error().get());
        }
        if (request.header("x-amz-log-type").filter("Tail"::equalsIgnoreCase).isPresent()) {
            byte[] log = invocation.logTail().getBytes(StandardCharsets.UTF_8);
            answer = answer.withHeader("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log));
        }
        return answer;
    }

    /** Puts the event into the queue of asynchronous invocations, which answers the caller at once. */
    private CompletionStage<HttpResponse> asynchronous(String target, byte[] event) {
        if (event.length > ASYNCHRONOUS_BYTES) {
            return CompletableFuture.failedFuture(new ServiceException(
                    "RequestEntityTooLargeException",
                    413,
                    "%d byte payload is too large for the Event invocation type (limit %d bytes)"
                            .formatted(event.length, ASYNCHRONOUS_BYTES)));
        }
        return invocations
                .invoke(target, "invoke", UUID.randomUUID().toString(), event)
                .thenApply(accepted -> empty(202));
    }

    private static HttpResponse empty(int status) {
        return new HttpResponse(status, Map.of(), new HttpResponse.Bytes(new byte[0]));
    }
}
