package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.definition.GatewayResponse;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.IntegrationResponses;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.expression.ErrorTemplate;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.vtl.MappingTemplate;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts an integration's answer, or the gateway's own error, to the client's response. Stateless. */
final class ResponseMapper {

    private ResponseMapper() {}

    /** Selects the integration response, maps its body and headers, and applies the template's overrides. */
    static HttpResponse map(Exchange exchange, IntegrationResponses responses) {
        IntegrationAnswer answer = exchange.integrationAnswer();
        IntegrationResponses.Response response = selected(exchange, responses, answer)
                .orElseThrow(() -> RequestRejectedException.of(
                        GatewayResponseType.API_CONFIGURATION_ERROR,
                        "no integration response matches status " + answer.status() + ", and none is the default"));
        ResponseHeaders headers = standard(exchange);
        headers.own("X-Amzn-Trace-Id", exchange.ids().trace());
        Optional<String> mediaType = MediaTypes.choose(
                response.templates().keySet(), exchange.headers().last().get("Accept"));
        headers.own("Content-Type", mediaType.orElse(MediaTypes.JSON));
        byte[] body = body(exchange, response, mediaType);
        response.headers().forEach((name, source) -> {
            String value = source.value(exchange);
            if (value != null) {
                headers.mapped(name, List.of(value));
            }
        });
        int status = overridden(exchange, headers).orElse(response.status());
        return new HttpResponse(status, headers.all(), new HttpResponse.Bytes(body));
    }

    private static Optional<IntegrationResponses.Response> selected(
            Exchange exchange, IntegrationResponses responses, IntegrationAnswer answer) {
        return switch (exchange.method().integration().target().kind()) {
            case FUNCTION -> responses.forFunction(answer.functionError());
            case MOCK -> responses.forMock(answer.status());
            case SERVICE_ACTION, SERVICE_PATH, FUNCTION_PROXY, SERVER, SERVER_PROXY, NOT_RUN, MISCONFIGURED ->
                responses.forStatus(answer.status());
        };
    }

    /** Creates the response to the gateway's own error, by the API's gateway responses. */
    static HttpResponse reject(Exchange exchange, RequestRejectedException rejection) {
        exchange.rejected(rejection);
        GatewayResponseType type = rejection.type();
        Map<GatewayResponseType, GatewayResponse> defined =
                exchange.deployment().definition().responses();
        boolean fixed = rejection.fixedStatus().isPresent() || type == GatewayResponseType.REQUEST_TOO_LARGE;
        GatewayResponse response = fixed
                ? GatewayResponse.DEFAULT
                : defined.getOrDefault(type, defined.getOrDefault(type.fallback(), GatewayResponse.DEFAULT));
        int status = rejection.fixedStatus().orElse(response.status() == null ? type.status() : response.status());
        ResponseHeaders headers = standard(exchange);
        headers.own("x-amzn-ErrorType", type.errorType());
        Optional<String> mediaType = response.mediaType(exchange);
        headers.own("Content-Type", mediaType.orElse(MediaTypes.JSON));
        response.headers().forEach((name, source) -> {
            String value = source.value(exchange);
            if (value != null) {
                headers.own(name, value);
            }
        });
        ErrorTemplate template = mediaType.map(response.templates()::get).orElse(null);
        String body = template == null ? defaultBody(rejection) : template.render(exchange);
        return new HttpResponse(status, headers.all(), new HttpResponse.Bytes(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the headers that every answer of a deployed API has. */
    static ResponseHeaders standard(Exchange exchange) {
        ResponseHeaders headers = new ResponseHeaders();
        headers.own("x-amzn-RequestId", exchange.ids().request());
        headers.own("x-amz-apigw-id", exchange.ids().extended());
        return headers;
    }

    private static String defaultBody(RequestRejectedException rejection) {
        // AWS capitalizes the member for this one type.
        String name = rejection.type() == GatewayResponseType.ACCESS_DENIED ? "Message" : "message";
        return "{\"" + name + "\":" + JsonValues.print(rejection.shown().orElse(null)) + "}";
    }

    private static byte[] body(Exchange exchange, IntegrationResponses.Response response, Optional<String> mediaType) {
        IntegrationAnswer answer = exchange.integrationAnswer();
        MappingTemplate template = mediaType.map(response.templates()::get).orElse(null);
        byte[] body = template == null
                ? answer.body()
                : template.render(exchange.variables(answer.text())).getBytes(StandardCharsets.UTF_8);
        return switch (response.contentHandling()) {
            case PASSTHROUGH -> body;
            case CONVERT_TO_TEXT -> template == null ? Base64.getEncoder().encode(body) : body;
            case CONVERT_TO_BINARY -> decoded(body);
        };
    }

    private static byte[] decoded(byte[] body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            throw RequestRejectedException.of(
                    GatewayResponseType.API_CONFIGURATION_ERROR, "CONVERT_TO_BINARY: the body is not base64");
        }
    }

    /** Applies {@code $context.responseOverride}; returns the status, if it was set. */
    private static Optional<Integer> overridden(Exchange exchange, ResponseHeaders headers) {
        if (!(exchange.context().get("responseOverride") instanceof Map<?, ?> override)) {
            return Optional.empty();
        }
        if (override.get("header") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> headers.mapped(String.valueOf(name), List.of(String.valueOf(value))));
        }
        return status(override.get("status"));
    }

    private static Optional<Integer> status(@Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return Optional.empty();
        }
        String text = value.toString().strip();
        boolean valid = text.length() == 3
                && text.chars().allMatch(Character::isDigit)
                && text.charAt(0) >= '1'
                && text.charAt(0) <= '5';
        if (!valid) {
            throw RequestRejectedException.of(
                    GatewayResponseType.API_CONFIGURATION_ERROR,
                    "$context.responseOverride.status must be an integer of 100 to 599, found \"" + text + "\"");
        }
        return Optional.of(Integer.valueOf(text));
    }
}
