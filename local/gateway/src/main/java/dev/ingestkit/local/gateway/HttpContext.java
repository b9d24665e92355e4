package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;
import dev.ingestkit.local.http.HttpRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Makes the request contexts of HTTP APIs: of both payload formats, and for parameter mapping. Stateless. */
final class HttpContext {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String PROTOCOL = "HTTP/1.1";

    private HttpContext() {}

    /** Returns {@code requestContext} of format 2.0. */
    static Map<String, @Nullable Object> v2(HttpExchange exchange) {
        HttpApiDefinition api = exchange.deployment().definition();
        HttpRequest request = exchange.request();
        Map<String, @Nullable Object> context = shared(exchange, authorizerV2(exchange));
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("method", request.method());
        http.put("path", exchange.eventPath());
        http.put("protocol", PROTOCOL);
        http.put("sourceIp", request.remoteAddress());
        http.put("userAgent", request.header("user-agent").orElse(""));
        context.put("http", http);
        context.put("requestId", exchange.ids().extended());
        context.put("routeKey", exchange.route().key());
        context.put("stage", api.stage().name());
        context.put("time", TIME.format(exchange.startedAt()));
        context.put("timeEpoch", exchange.startedAt().toEpochMilli());
        return context;
    }

    /** Returns the members with which both formats begin. */
    private static Map<String, @Nullable Object> shared(
            HttpExchange exchange, Map<String, @Nullable Object> authorizer) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        context.put("accountId", exchange.deployment().account());
        context.put("apiId", exchange.deployment().definition().id());
        if (!authorizer.isEmpty()) {
            context.put("authorizer", authorizer);
        }
        String host = FrontHeaders.host(exchange.request());
        context.put("domainName", host);
        context.put("domainPrefix", prefix(host));
        return context;
    }

    /** Returns {@code requestContext} of format 1.0. */
    static Map<String, @Nullable Object> v1(HttpExchange exchange) {
        HttpApiDefinition api = exchange.deployment().definition();
        HttpRequest request = exchange.request();
        Map<String, @Nullable Object> context = shared(exchange, authorizerV1(exchange));
        context.put("extendedRequestId", exchange.ids().extended());
        context.put("httpMethod", request.method());
        context.put("identity", identity(request));
        context.put("path", exchange.eventPath());
        context.put("protocol", PROTOCOL);
        context.put("requestId", exchange.ids().extended());
        context.put("requestTime", TIME.format(exchange.startedAt()));
        context.put("requestTimeEpoch", exchange.startedAt().toEpochMilli());
        context.put("resourceId", exchange.route().key());
        context.put("resourcePath", exchange.route().path());
        context.put("stage", api.stage().name());
        return context;
    }

    /** Returns a variable of parameter mapping by its name after {@code context.}; null for an unknown one. */
    static @Nullable Object value(HttpExchange exchange, String name) {
        return switch (name) {
            case "httpMethod" -> exchange.request().method();
            case "path" -> exchange.eventPath();
            case "protocol" -> PROTOCOL;
            case "identity.sourceIp" -> exchange.request().remoteAddress();
            case "identity.userAgent" -> exchange.request().header("user-agent").orElse(null);
            case "requestTime" -> TIME.format(exchange.startedAt());
            case "requestTimeEpoch" -> exchange.startedAt().toEpochMilli();
            case "extendedRequestId" -> exchange.ids().extended();
            default -> nested(exchange, name);
        };
    }

    private static @Nullable Object nested(HttpExchange exchange, String name) {
        if (name.startsWith("authorizer.claims.")) {
            return claims(exchange).get(name.substring("authorizer.claims.".length()));
        }
        if (name.startsWith("authorizer.")) {
            String member = name.substring("authorizer.".length());
            return exchange.decision()
                    .map(decision -> (Object) String.valueOf(decision.context().get(member)))
                    .orElse(null);
        }
        return v2(exchange).get(name);
    }

    private static Map<String, @Nullable Object> authorizerV2(HttpExchange exchange) {
        Map<String, @Nullable Object> authorizer = new LinkedHashMap<>();
        exchange.token().ifPresent(token -> {
            Map<String, @Nullable Object> jwt = new LinkedHashMap<>();
            jwt.put("claims", claims(exchange));
            jwt.put("scopes", token.scopes().isEmpty() ? null : token.scopes());
            authorizer.put("jwt", jwt);
        });
        exchange.decision().ifPresent(decision -> authorizer.put("lambda", decision.context()));
        return authorizer;
    }

    private static Map<String, @Nullable Object> authorizerV1(HttpExchange exchange) {
        Map<String, @Nullable Object> authorizer = new LinkedHashMap<>();
        exchange.token().ifPresent(token -> {
            authorizer.put("claims", claims(exchange));
            authorizer.put("scopes", token.scopes().isEmpty() ? null : token.scopes());
        });
        exchange.decision().ifPresent(decision -> {
            authorizer.putAll(decision.context());
            if (!decision.principal().isEmpty()) {
                authorizer.put("principalId", decision.principal());
            }
        });
        return authorizer;
    }

    /** Returns a token's claims as strings: a list is written in brackets, without commas. */
    private static Map<String, String> claims(HttpExchange exchange) {
        Map<String, String> claims = new LinkedHashMap<>();
        exchange.token()
                .ifPresent(token -> token.claims()
                        .properties()
                        .forEach(claim -> claims.put(claim.getKey(), text(claim.getValue()))));
        return claims;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            StringJoiner items = new StringJoiner(" ", "[", "]");
            value.forEach(item -> items.add(text(item)));
            return items.toString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static Map<String, @Nullable Object> identity(HttpRequest request) {
        Map<String, @Nullable Object> identity = new LinkedHashMap<>();
        for (String unknown : new String[] {
            "accessKey",
            "accountId",
            "caller",
            "cognitoAuthenticationProvider",
            "cognitoAuthenticationType",
            "cognitoIdentityId",
            "cognitoIdentityPoolId",
            "principalOrgId"
        }) {
            identity.put(unknown, null);
        }
        identity.put("sourceIp", request.remoteAddress());
        identity.put("user", null);
        identity.put("userAgent", request.header("user-agent").orElse(""));
        identity.put("userArn", null);
        return identity;
    }

    private static String prefix(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }
}
