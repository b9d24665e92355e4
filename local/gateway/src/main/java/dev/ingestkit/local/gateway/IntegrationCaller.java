package dev.ingestkit.local.gateway;

import static dev.ingestkit.local.gateway.definition.GatewayResponseType.API_CONFIGURATION_ERROR;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.Integration;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.vtl.MappingTemplate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Creates the integration's request and has it executed within the integration's timeout. Thread-safe. */
final class IntegrationCaller {

    /**
     * Templates of mock integrations are often written {@code {statusCode: 200}}, which AWS accepts. A separate class, so
     * that a stack without any does not create the mapper.
     */
    private static final class Lenient {
        private static final ObjectMapper MAPPER = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                .build();
    }

    private static final String FORM = "application/x-www-form-urlencoded";

    private final IntegrationBackend backend;
    private final FunctionCaller functions;
    private final ServerCaller servers;

    IntegrationCaller(IntegrationBackend backend, FunctionCaller functions, ServerCaller servers) {
        this.backend = backend;
        this.functions = functions;
        this.servers = servers;
    }

    CompletableFuture<IntegrationAnswer> call(Exchange exchange) {
        Integration integration = exchange.method().integration();
        Integration.Target target = integration.target();
        return switch (target.kind()) {
            case NOT_RUN ->
                throw RequestRejectedException.withStatus(
                        GatewayResponseType.DEFAULT_5XX, 501, ((Integration.NotRun) target).reason());
            case MISCONFIGURED ->
                throw RequestRejectedException.of(
                        API_CONFIGURATION_ERROR, ((Integration.Misconfigured) target).reason());
            case MOCK -> CompletableFuture.completedFuture(mock(body(exchange, integration)));
            case FUNCTION -> {
                byte[] event = body(exchange, integration);
                yield timed(functions.call(((Integration.Function) target).function(), event), integration);
            }
            case SERVICE_ACTION -> {
                Integration.ServiceAction action = (Integration.ServiceAction) target;
                byte[] body = body(exchange, integration);
                Map<String, List<String>> headers = headers(exchange, integration);
                yield timed(service(action.service(), action.action(), headers, body), integration);
            }
            case SERVICE_PATH -> {
                byte[] body = body(exchange, integration);
                Map<String, List<String>> headers = headers(exchange, integration);
                yield timed(byPath((Integration.ServicePath) target, headers, body), integration);
            }
            case SERVER -> {
                byte[] body = body(exchange, integration);
                Map<String, List<String>> headers = headers(exchange, integration);
                yield servers.call(exchange, ((Integration.Server) target).target(), headers, body);
            }
            case FUNCTION_PROXY, SERVER_PROXY ->
                throw new IllegalArgumentException("a proxy has no mapped request: " + target);
        };
    }

    private static CompletableFuture<IntegrationAnswer> timed(
            CompletableFuture<IntegrationAnswer> answer, Integration integration) {
        // A copy, so that the timeout does not complete the back end's own future.
        return answer.copy().orTimeout(integration.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<IntegrationAnswer> service(
            String service, String action, Map<String, List<String>> headers, byte[] body) {
        return backend.call(service, action, headers, body)
                .toCompletableFuture()
                .thenApply(IntegrationAnswer::of);
    }

    /** A form names its action itself; any other request names it by a header. */
    private CompletableFuture<IntegrationAnswer> byPath(
            Integration.ServicePath target, Map<String, List<String>> headers, byte[] body) {
        boolean isForm =
                headers.getOrDefault("Content-Type", List.of("")).get(0).startsWith(FORM);
        return isForm
                ? backend.submit(target.service(), target.path(), headers, body)
                        .toCompletableFuture()
                        .thenApply(IntegrationAnswer::of)
                : service(target.service(), namedAction(headers), headers, body);
    }

    private static String namedAction(Map<String, List<String>> headers) {
        List<String> targets = headers.getOrDefault("X-Amz-Target", List.of());
        if (targets.isEmpty()) {
            throw RequestRejectedException.withStatus(
                    GatewayResponseType.DEFAULT_5XX,
                    501,
                    "An integration by path needs integration.request.header.X-Amz-Target to name the action here");
        }
        String name = targets.get(0);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Map<String, List<String>> headers(Exchange exchange, Integration integration) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.request().header("content-type").ifPresent(type -> headers.put("Content-Type", List.of(type)));
        integration.headers().forEach((name, source) -> {
            String value = source.value(exchange);
            if (value != null) {
                headers.put(allowed(name), List.of(value));
            }
        });
        if (exchange.context().get("requestOverride") instanceof Map<?, ?> override
                && override.get("header") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> headers.put(allowed(String.valueOf(name)), List.of(String.valueOf(value))));
        }
        headers.put("X-Amzn-Trace-Id", List.of(exchange.ids().trace()));
        return headers;
    }

    private static String allowed(String name) {
        if (Integration.forbidsHeader(name)) {
            throw RequestRejectedException.of(
                    API_CONFIGURATION_ERROR,
                    "API Gateway does not let an integration's request set the header " + name);
        }
        return name;
    }

    /**
     * Returns the body for the back end: by the media type's template, or unchanged if the integration passes it
     * through.
     */
    private static byte[] body(Exchange exchange, Integration integration) {
        String sent = exchange.request().header("content-type").orElse(null);
        String mediaType = MediaTypes.ofRequest(sent);
        Optional<MappingTemplate> template = integration.template(mediaType);
        if (template.isPresent()) {
            boolean bytes =
                    exchange.binary() && integration.contentHandling() != Integration.ContentHandling.CONVERT_TO_TEXT;
            if (bytes) {
                throw RequestRejectedException.of(
                        API_CONFIGURATION_ERROR, "a binary body needs contentHandling CONVERT_TO_TEXT for a template");
            }
            long startedAt = System.nanoTime();
            byte[] mapped = template.get()
                    .render(exchange.variables(exchange.bodyText()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.steps().mapped(mediaType, exchange.request().body(), mapped, startedAt);
            return mapped;
        }
        boolean passes = switch (integration.passthrough()) {
            case WHEN_NO_MATCH -> true;
            case WHEN_NO_TEMPLATES -> integration.templates().isEmpty();
            case NEVER -> false;
        };
        if (!passes) {
            throw RequestRejectedException.of(
                    GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, "no request template for " + mediaType);
        }
        return converted(exchange, integration);
    }

    private static byte[] converted(Exchange exchange, Integration integration) {
        return switch (integration.contentHandling()) {
            case PASSTHROUGH -> exchange.request().body();
            case CONVERT_TO_TEXT -> exchange.bodyText().getBytes(StandardCharsets.UTF_8);
            case CONVERT_TO_BINARY -> {
                try {
                    yield exchange.binary()
                            ? exchange.request().body()
                            : Base64.getMimeDecoder().decode(exchange.request().body());
                } catch (IllegalArgumentException notBase64) {
                    throw RequestRejectedException.of(
                            API_CONFIGURATION_ERROR, "CONVERT_TO_BINARY: the body is not base64");
                }
            }
        };
    }

    private static IntegrationAnswer mock(byte[] body) {
        try {
            JsonNode request = Lenient.MAPPER.readTree(body);
            JsonNode status = request == null ? null : request.get("statusCode");
            if (status != null && status.asInt() >= 100 && status.asInt() <= 599) {
                return IntegrationAnswer.status(status.asInt());
            }
        } catch (IOException malformed) {
            throw RequestRejectedException.of(
                    API_CONFIGURATION_ERROR,
                    "the request of a mock integration is not JSON: " + malformed.getMessage());
        }
        throw RequestRejectedException.of(
                API_CONFIGURATION_ERROR, "the request of a mock integration must have a statusCode of 100 to 599");
    }
}
