package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Service;
import dev.ingestkit.local.gateway.httpapi.ServiceSubtype;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls the back ends of HTTP APIs within their timeouts: functions, services and servers of
 * this machine. Thread-safe. */
final class HttpCaller {

    private static final Set<String> NUMBERS =
            Set.of("DelaySeconds", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds");
    private static final Set<String> STRUCTURES = Set.of(
            "MessageAttributes", "MessageSystemAttributes", "AttributeNames", "MessageAttributeNames", "Resources");

    private final FunctionInvoker functions;
    private final IntegrationBackend services;
    private final HttpBackEnd servers;

    HttpCaller(FunctionInvoker functions, IntegrationBackend services, HttpBackEnd servers) {
        this.functions = functions;
        this.services = services;
        this.servers = servers;
    }

    CompletableFuture<IntegrationAnswer> call(HttpExchange exchange) {
        HttpIntegration integration = exchange.route().integration();
        HttpIntegration.Target target = integration.target();
        exchange.steps().called();
        CompletableFuture<IntegrationAnswer> answer = switch (target.kind()) {
            case FUNCTION -> function(exchange, (HttpIntegration.Function) target);
            case SERVICE -> service(exchange, (Service) target);
            case URL -> server(exchange, (HttpIntegration.Url) target);
            case NOT_RUN -> {
                String reason = ((HttpIntegration.NotRun) target).reason();
                throw HttpRejectedException.of(501, reason, reason);
            }
        };
        // A copy, so that the timeout does not complete the back end's own future.
        return answer.copy().orTimeout(integration.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<IntegrationAnswer> function(HttpExchange exchange, HttpIntegration.Function target) {
        return functions
                .invoke(
                        target.function(),
                        HttpEvents.integration(exchange, BackEndRequest.of(exchange), target.format()))
                .thenApply(invocation -> HttpAnswers.of(invocation, target.format()));
    }

    private CompletableFuture<IntegrationAnswer> server(HttpExchange exchange, HttpIntegration.Url target) {
        BackEndRequest request = BackEndRequest.of(exchange);
        URI address = HttpBackEnd.address(
                target.address(), exchange.pathParameters(), request.mappedPath(), request.rawQuery());
        return servers.call(
                        target.methodFor(exchange.request().method()),
                        address,
                        request.headers().all(),
                        exchange.request().body(),
                        exchange.route().integration().timeout())
                .exceptionally(failure -> {
                    throw HttpRejectedException.of(
                            503,
                            "Service Unavailable",
                            "%s cannot be called: %s".formatted(address, Completions.unwrap(failure)));
                });
    }

    private CompletableFuture<IntegrationAnswer> service(HttpExchange exchange, Service target) {
        return services.call(
                        target.subtype().service(),
                        target.subtype().action(),
                        Map.of("Content-Type", List.of("application/json")),
                        input(exchange, target))
                .toCompletableFuture()
                .thenApply(IntegrationAnswer::of);
    }

    private static byte[] input(HttpExchange exchange, Service service) {
        long startedAt = System.nanoTime();
        ObjectNode input = Json.mapper().createObjectNode();
        service.parameters().forEach((name, value) -> {
            String text = value.resolve(exchange);
            if (text != null) {
                input.set(name, member(service.subtype(), name, text));
            }
        });
        ObjectNode request = input;
        if (service.subtype() == ServiceSubtype.EVENTBRIDGE_PUT_EVENTS) {
            request = Json.mapper().createObjectNode();
            request.putArray("Entries").add(input);
        }
        try {
            byte[] mapped = Json.mapper().writeValueAsBytes(request);
            exchange.steps().mapped(service.subtype().text(), exchange.request().body(), mapped, startedAt);
            return mapped;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static JsonNode member(ServiceSubtype subtype, String name, String text) {
        if (NUMBERS.contains(name) && text.matches("-?\\d{1,9}")) {
            return Json.mapper().getNodeFactory().numberNode(Integer.parseInt(text));
        }
        if (STRUCTURES.contains(name)) {
            try {
                return Json.mapper().readTree(text);
            } catch (JsonProcessingException notJson) {
                throw HttpRejectedException.of(
                        400, "Bad Request", "%s of %s is not JSON".formatted(name, subtype.text()));
            }
        }
        boolean isBlob = subtype == ServiceSubtype.KINESIS_PUT_RECORD && name.equals("Data");
        return Json.mapper()
                .getNodeFactory()
                .textNode(isBlob ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) : text);
    }
}
