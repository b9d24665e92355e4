package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.definition.BodyModel;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks requests: AWS's fixed limits, and the method's own validator. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request validation</a>
 */
final class RequestChecks {

    static final int MAX_HEADER_BYTES = 10_240;

    private RequestChecks() {}

    /** Checks AWS's quotas, whose answers no gateway response can change. */
    static void limits(HttpRequest request) {
        if (request.bodyBytes() > HttpHandler.LARGE_BODY_BYTES) {
            throw RequestRejectedException.of(
                    GatewayResponseType.REQUEST_TOO_LARGE, "the body is over 10 MB: " + request.bodyBytes() + " bytes");
        }
        int size = headBytes(request);
        if (size > MAX_HEADER_BYTES) {
            throw RequestRejectedException.withStatus(
                    GatewayResponseType.DEFAULT_4XX,
                    431,
                    "Request Header Fields Too Large: request line and headers are over 10240 bytes");
        }
    }

    /** Returns the size of request line and headers. */
    static int headBytes(HttpRequest request) {
        int size = request.method().length()
                + request.rawPath().length()
                + request.rawQuery().length();
        for (var header : request.headers().entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        return size;
    }

    /**
     * Requires a signature if the method asks for one. Who signed is not checked, as by the services here: the port
     * accepts any credentials.
     */
    static void signature(Exchange exchange) {
        if (!exchange.method().access().signed()) {
            return;
        }
        String authorization = exchange.request().header("authorization").orElse("");
        boolean presigned = exchange.query().last().containsKey("X-Amz-Signature");
        if (authorization.isEmpty() && !presigned) {
            throw RequestRejectedException.of(
                    GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, "the method needs a signed request");
        }
        if (!presigned && !authorization.startsWith("AWS4-HMAC-SHA256 ")) {
            throw RequestRejectedException.saying(
                    GatewayResponseType.INVALID_SIGNATURE,
                    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature'"
                            + " parameter. Authorization header requires 'SignedHeaders' parameter. Authorization"
                            + " header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization="
                            + authorization);
        }
    }

    /** Requires an API key of the stage's usage plans where the method asks for one. */
    static void apiKey(Exchange exchange) {
        if (exchange.method().access().apiKey()) {
            String key = exchange.request().header("x-api-key").orElse("");
            if (!exchange.deployment().definition().stage().apiKeys().contains(key)) {
                throw RequestRejectedException.of(
                        GatewayResponseType.INVALID_API_KEY,
                        key.isEmpty()
                                ? "the header x-api-key is missing"
                                : "x-api-key is not an enabled key of a usage plan of this stage");
            }
        }
    }

    /** Runs the method's validator: parameters first, then the body, if its media type has a model. */
    static void validate(Exchange exchange) {
        MethodDefinition method = exchange.method();
        List<String> missing = new ArrayList<>();
        for (MethodDefinition.RequiredParameter parameter : method.requiredParameters()) {
            if (parameter.source().value(exchange) == null) {
                missing.add(parameter.name());
            }
        }
        if (!missing.isEmpty()) {
            throw RequestRejectedException.saying(
                    GatewayResponseType.BAD_REQUEST_PARAMETERS,
                    "Missing required request parameters: [" + String.join(", ", missing) + "]");
        }
        validateBody(exchange, method);
    }

    private static void validateBody(Exchange exchange, MethodDefinition method) {
        String sent = exchange.request().header("content-type").orElse(null);
        BodyModel model = method.models().get(MediaTypes.ofRequest(sent));
        BodyModel applied = model == null ? method.models().get("$default") : model;
        if (applied != null) {
            applied.problem(exchange.request().body()).ifPresent(problem -> {
                throw RequestRejectedException.invalidBody(problem);
            });
        }
    }
}
