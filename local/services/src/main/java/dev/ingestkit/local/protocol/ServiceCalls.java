package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceRequest.Wire;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes calls to their services and turns results and failures into HTTP responses. Thread-safe. */
final class ServiceCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceCalls.class);

    private final Map<String, AwsService> services;
    private final Map<String, Set<String>> actions;
    private final Supplier<String> requestIds;

    ServiceCalls(Map<String, AwsService> services, Supplier<String> requestIds) {
        this.services = Map.copyOf(services);
        this.actions = services.values().stream()
                .collect(Collectors.toUnmodifiableMap(AwsService::name, service -> Set.copyOf(service.actions())));
        this.requestIds = requestIds;
    }

    boolean has(String service) {
        return services.containsKey(service);
    }

    /** Executes a JSON or CBOR call. */
    CompletionStage<HttpResponse> call(String service, String action, Wire wire, HttpRequest sent) {
        HttpRequest http;
        try {
            http = RequestBody.decoded(sent);
        } catch (ServiceException malformed) {
            return reject(malformed, wire);
        }
        return execute(service, action, wire, http, handler -> {
            if (!handler.readsInput()) {
                return JsonNodeFactory.instance.objectNode();
            }
            try {
                return wire == Wire.CBOR
                        ? TreeCodec.CBOR.read(http.body())
                        : TreeCodec.JSON.read(http.body(), handler.blobs());
            } catch (TreeCodec.MalformedException malformed) {
                throw ServiceException.badRequest("SerializationException", requireNonNull(malformed.getMessage()));
            }
        });
    }

    /** Executes a call of the query protocol. */
    CompletionStage<HttpResponse> query(String service, String action, QueryForm form, HttpRequest http) {
        return execute(
                service,
                action,
                Wire.QUERY,
                http,
                handler -> handler.queryDialect().input().apply(action, form.tree()));
    }

    /** Returns the response to a call whose service could not be determined. */
    CompletionStage<HttpResponse> reject(ServiceException error, Wire wire) {
        return CompletableFuture.completedFuture(ServiceResponseWriter.error(error, wire, requestIds.get()));
    }

    private CompletionStage<HttpResponse> execute(
            String service, String action, Wire wire, HttpRequest http, InputReader input) {
        AwsService handler = services.get(service);
        if (handler == null) {
            return reject(serviceNotImplemented(service), wire);
        }
        String requestId = requestIds.get();
        CompletionStage<ServiceResponse> stage;
        ServiceRequest request;
        try {
            requireAction(handler, action, wire);
            request = new ServiceRequest(action, input.read(handler), requestId, wire, http);
            stage = handler.handle(request);
        } catch (RuntimeException failure) {
            return failed(handler, action, wire, requestId, failure);
        }
        return stage.handle((answer, failure) -> failure == null
                        ? CompletableFuture.completedStage(ServiceResponseWriter.response(handler, request, answer))
                        : failed(handler, action, wire, requestId, failure))
                .thenCompose(answer -> answer);
    }

    private static CompletionStage<HttpResponse> failed(
            AwsService handler, String action, Wire wire, String requestId, Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        if (cause instanceof DroppedConnectionException) {
            return CompletableFuture.failedStage(cause);
        }
        ServiceException error = cause instanceof ServiceException known ? known : unexpected(handler, action, cause);
        return CompletableFuture.completedStage(ServiceResponseWriter.error(error, wire, requestId, handler));
    }

    private static ServiceException unexpected(AwsService handler, String action, Throwable cause) {
        LOG.error("{} {} failed", handler.name(), action, cause);
        return new ServiceException(
                "InternalFailure", 500, "%s %s failed; see the log of the runtime".formatted(handler.name(), action));
    }

    private void requireAction(AwsService handler, String action, Wire wire) {
        if (requireNonNull(actions.get(handler.name())).contains(action)) {
            return;
        }
        if (KnownActions.knows(handler.name(), action)) {
            throw ServiceException.notImplemented(handler.name(), action);
        }
        if (wire == Wire.QUERY) {
            throw ServiceException.badRequest(
                    "InvalidAction", "The action %s is not valid for this endpoint.".formatted(Printable.of(action)));
        }
        throw ServiceException.badRequest(
                "UnknownOperationException", "%s has no action %s".formatted(handler.name(), Printable.of(action)));
    }

    static ServiceException serviceNotImplemented(String service) {
        return new ServiceException(
                "NotImplementedException",
                501,
                "The embedded runtime does not run the service %s. Use LocalStack or AWS for it."
                        .formatted(Printable.of(service)));
    }

    /** Reads the input, once the service is known to support the action. */
    @FunctionalInterface
    private interface InputReader {
        JsonNode read(AwsService handler);
    }
}
