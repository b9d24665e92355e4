package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.httpapi.HttpAuthorizer;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.PayloadFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of HTTP APIs, member by member as on AWS. Paths are decoded, the query of format 2.0 is not; a
 * member without a value is left out of format 2.0 and is null in format 1.0. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Payload
 *     formats</a>
 */
final class HttpEvents {

    private static final Set<String> TEXT_TYPES =
            Set.of("application/json", "application/xml", "application/javascript");

    private HttpEvents() {}

    /** Returns the event of a function integration. */
    static byte[] integration(HttpExchange exchange, BackEndRequest request, PayloadFormat format) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        boolean isV2 = format == PayloadFormat.V2;
        event.put("version", isV2 ? "2.0" : "1.0");
        event.putAll(isV2 ? requestV2(exchange, request) : requestV1(exchange, request));
        byte[] body = exchange.request().body();
        boolean binary = body.length > 0 && !isText(exchange);
        String text = binary ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8);
        if (body.length > 0 || !isV2) {
            event.put("body", body.length == 0 ? null : text);
        }
        event.put("isBase64Encoded", binary);
        return AuthorizerEvent.bytes(event);
    }

    /** Returns the event of a Lambda authorizer. */
    static byte[] authorizer(
            HttpExchange exchange, HttpAuthorizer.Lambda authorizer, List<String> identity, String arn) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        if (authorizer.format() == PayloadFormat.V2) {
            event.put("version", "2.0");
            event.put("type", "REQUEST");
            event.put("routeArn", arn);
            event.put("identitySource", identity.isEmpty() ? null : identity);
            event.putAll(requestV2(exchange, BackEndRequest.unchanged(exchange)));
        } else {
            String joined = identity.isEmpty() ? null : String.join(",", identity);
            event.put("version", "1.0");
            event.put("type", "REQUEST");
            event.put("methodArn", arn);
            event.put("identitySource", joined);
            event.put("authorizationToken", joined);
            event.putAll(requestV1(exchange, BackEndRequest.unchanged(exchange)));
        }
        return AuthorizerEvent.bytes(event);
    }

    private static Map<String, @Nullable Object> requestV2(HttpExchange exchange, BackEndRequest request) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("routeKey", exchange.route().key());
        event.put("rawPath", request.path(exchange));
        event.put("rawQueryString", request.rawQuery());
        putUnlessEmpty(event, "cookies", cookies(request));
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().all().forEach((name, values) -> {
            String lowerCase = name.toLowerCase(Locale.ROOT);
            if (!lowerCase.equals("cookie")) {
                headers.put(lowerCase, String.join(",", values));
            }
        });
        event.put("headers", headers);
        Map<String, String> query = new LinkedHashMap<>();
        request.query().all().forEach((name, values) -> query.put(name, String.join(",", values)));
        putUnlessEmpty(event, "queryStringParameters", query);
        event.put("requestContext", HttpContext.v2(exchange));
        putUnlessEmpty(event, "pathParameters", exchange.pathParameters());
        putUnlessEmpty(event, "stageVariables", exchange.stageVariables());
        return event;
    }

    private static Map<String, @Nullable Object> requestV1(HttpExchange exchange, BackEndRequest request) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("resource", exchange.route().path());
        event.put("path", request.path(exchange));
        event.put("httpMethod", exchange.request().method());
        event.put("headers", request.headers().last());
        event.put("multiValueHeaders", request.headers().all());
        event.put("queryStringParameters", orNull(request.query().last()));
        event.put("multiValueQueryStringParameters", orNull(request.query().all()));
        event.put("requestContext", HttpContext.v1(exchange));
        event.put("pathParameters", orNull(exchange.pathParameters()));
        event.put("stageVariables", orNull(exchange.stageVariables()));
        return event;
    }

    private static List<String> cookies(BackEndRequest request) {
        List<String> cookies = new ArrayList<>();
        for (String header : request.headers().all().getOrDefault("Cookie", List.of())) {
            for (String cookie : header.split(";", -1)) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        return cookies;
    }

    /**
     * Returns whether the body is text: to an HTTP API every other type is binary, and so are a form and a body without
     * a type.
     */
    private static boolean isText(HttpExchange exchange) {
        String type = exchange.request().header("content-type").orElse("");
        int semicolon = type.indexOf(';');
        String bare =
                (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        return bare.startsWith("text/") || TEXT_TYPES.contains(bare);
    }

    private static void putUnlessEmpty(Map<String, @Nullable Object> event, String name, Object value) {
        boolean isEmpty = value instanceof Map<?, ?> map ? map.isEmpty() : ((List<?>) value).isEmpty();
        if (!isEmpty) {
            event.put(name, value);
        }
    }

    private static <K, V> @Nullable Map<K, V> orNull(Map<K, V> map) {
        return map.isEmpty() ? null : map;
    }
}
