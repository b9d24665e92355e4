package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.http.HttpRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates {@code $context}, and the request context of the events that functions receive. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables of mapping templates</a>
 */
final class RequestContext {

    private static final DateTimeFormatter LOG_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String PROTOCOL = "HTTP/1.1";
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([A-Za-z0-9]+)");

    private RequestContext() {}

    /** Returns {@code $context} of a mapping template, which overrides may change. */
    static Map<String, Object> variables(Exchange exchange) {
        Map<String, Object> context = shared(exchange);
        context.put("identity", identity(exchange));
        context.put("xrayTraceId", exchange.ids().trace());
        exchange.decision().ifPresent(decision -> context.put("authorizer", decision.variables()));
        if (!exchange.claims().isEmpty()) {
            context.put("authorizer", Map.of("claims", exchange.claims()));
        }
        Map<String, Object> request = new HashMap<>();
        request.put("header", new LinkedHashMap<String, Object>());
        request.put("path", new LinkedHashMap<String, Object>());
        request.put("querystring", new LinkedHashMap<String, Object>());
        context.put("requestOverride", request);
        Map<String, Object> response = new HashMap<>();
        response.put("header", new LinkedHashMap<String, Object>());
        context.put("responseOverride", response);
        return context;
    }

    /** Returns {@code requestContext} of a function's event. */
    static Map<String, Object> event(Exchange exchange) {
        Map<String, Object> context = shared(exchange);
        Map<String, Object> identity = new LinkedHashMap<>();
        for (String unknown : new String[] {
            "cognitoIdentityPoolId",
            "accountId",
            "cognitoIdentityId",
            "caller",
            "accessKey",
            "cognitoAuthenticationType",
            "cognitoAuthenticationProvider",
            "userArn",
            "user"
        }) {
            identity.put(unknown, null);
        }
        identity.putAll(identity(exchange));
        context.put("identity", identity);
        exchange.decision().ifPresent(decision -> {
            Map<String, @Nullable Object> authorizer = decision.members();
            authorizer.put("integrationLatency", exchange.authorizerMillis());
            context.put("authorizer", authorizer);
        });
        if (!exchange.claims().isEmpty()) {
            context.put("authorizer", Map.of("claims", exchange.claims()));
        }
        return context;
    }

    private static Map<String, Object> shared(Exchange exchange) {
        Map<String, Object> context = new LinkedHashMap<>();
        Deployment deployment = exchange.deployment();
        String host = FrontHeaders.host(exchange.request());
        Instant at = exchange.startedAt();
        exchange.routedMethod().ifPresent(method -> {
            context.put("resourceId", method.resourceId());
            context.put("resourcePath", method.resourcePath());
        });
        context.put("httpMethod", exchange.request().method());
        context.put("extendedRequestId", exchange.ids().extended());
        context.put("requestTime", LOG_TIME.format(at));
        context.put("path", "/" + deployment.definition().stageName() + exchange.sentPath());
        context.put("accountId", deployment.account());
        context.put("protocol", PROTOCOL);
        context.put("stage", deployment.definition().stageName());
        context.put("domainPrefix", host.substring(0, host.indexOf('.') < 0 ? host.length() : host.indexOf('.')));
        context.put("requestTimeEpoch", at.toEpochMilli());
        context.put("requestId", exchange.ids().request());
        context.put("domainName", host);
        context.put("deploymentId", deployment.id());
        context.put("apiId", deployment.definition().id());
        return context;
    }

    private static Map<String, Object> identity(Exchange exchange) {
        HttpRequest request = exchange.request();
        Map<String, Object> identity = new LinkedHashMap<>();
        exchange.routedMethod().map(MethodDefinition::access).ifPresent(access -> {
            if (access.apiKey()) {
                request.header("x-api-key").ifPresent(key -> identity.put("apiKey", key));
            }
            if (access.signed()) {
                signer(request)
                        .ifPresent(key -> identity.putAll(
                                caller(key, exchange.deployment().account())));
            }
        });
        identity.put("sourceIp", request.remoteAddress());
        request.header("user-agent").ifPresent(agent -> identity.put("userAgent", agent));
        return identity;
    }

    private static Optional<String> signer(HttpRequest request) {
        Matcher matcher = CREDENTIAL.matcher(request.header("authorization").orElse(request.rawQuery()));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The runtime has no users: every key is the root user's. */
    private static Map<String, Object> caller(String accessKey, String account) {
        Map<String, Object> caller = new LinkedHashMap<>();
        caller.put("accessKey", accessKey);
        caller.put("accountId", account);
        caller.put("caller", account);
        caller.put("user", account);
        caller.put("userArn", "arn:aws:iam::%s:root".formatted(account));
        return caller;
    }
}
