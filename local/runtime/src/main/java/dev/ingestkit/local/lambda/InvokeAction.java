package dev.ingestkit.local.lambda;

import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The action {@code Invoke} in its three types. Thread-safe. */
final class InvokeAction {

    private static final Logger LOG = LoggerFactory.getLogger(InvokeAction.class);
    private static final byte[] EMPTY_EVENT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int ASYNCHRONOUS_BYTES = 1024 * 1024;

    private final FunctionActions functions;
    private final FunctionInvoker invoker;

    InvokeAction(FunctionActions functions, FunctionInvoker invoker) {
        this.functions = functions;
        this.invoker = invoker;
    }

    CompletionStage<HttpResponse> handle(Call call) {
        FunctionCatalog.Entry function = functions.named(call.path().get(2));
        String qualifier = functions.qualifier(function, call.path().get(2), call.parameter("Qualifier"));
        HttpRequest request = call.request();
        byte[] event = request.body().length == 0 ? EMPTY_EVENT : request.body();
        String type = request.header("x-amz-invocation-type").orElse("RequestResponse");
        String target = function.config().arn() + ":" + qualifier;
        return switch (type) {
            case "RequestResponse" ->
                invoker.invoke(target, event).thenApply(invocation -> answer(invocation, request, qualifier));
            case "Event" -> asynchronous(target, event);
            case "DryRun" -> CompletableFuture.completedFuture(empty(204));
            default ->
                CompletableFuture.failedFuture(ServiceException.badRequest(
                        "InvalidParameterValueException",
                        "X-Amz-Invocation-Type must be RequestResponse, Event or DryRun: " + type));
        };
    }

    private static HttpResponse answer(Invocation invocation, HttpRequest request, String qualifier) {
        HttpResponse answer = HttpResponse.of(200, "application/json", invocation.payload())
                .withHeader("X-Amz-Executed-Version", qualifier);
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

    /**
     * Invokes without waiting. AWS retries a failed event twice from its queue; here it runs once and a failure is
     * logged.
     */
    private CompletionStage<HttpResponse> asynchronous(String target, byte[] event) {
        if (event.length > ASYNCHRONOUS_BYTES) {
            return CompletableFuture.failedFuture(new ServiceException(
                    "RequestEntityTooLargeException",
                    413,
                    "%d byte payload is too large for the Event invocation type (limit %d bytes)"
                            .formatted(event.length, ASYNCHRONOUS_BYTES)));
        }
        // The caller is answered at once; the log records the outcome.
        CompletableFuture<Void> unused = invoker.invoke(target, event).handle((invocation, failure) -> {
            report(target, invocation, failure);
            return null;
        });
        return CompletableFuture.completedFuture(empty(202));
    }

    private static void report(String target, @Nullable Invocation invocation, @Nullable Throwable failure) {
        if (failure != null || invocation == null) {
            LOG.warn("Asynchronous invocation of {} was not run", target, failure);
        } else if (invocation.failed()) {
            String error = new String(invocation.payload(), StandardCharsets.UTF_8);
            LOG.warn("Asynchronous invocation of {} ended with an error: {}", target, error);
        }
    }

    private static HttpResponse empty(int status) {
        return new HttpResponse(status, Map.of(), new HttpResponse.Bytes(new byte[0]));
    }
}
