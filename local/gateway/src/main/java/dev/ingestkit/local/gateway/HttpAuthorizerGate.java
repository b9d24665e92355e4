package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.gateway.authorizer.AuthorizerDecision;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import dev.ingestkit.local.gateway.httpapi.HttpAuthorizer;
import dev.ingestkit.local.gateway.httpapi.HttpRoute;
import dev.ingestkit.local.gateway.httpapi.HttpValue;
import dev.ingestkit.local.gateway.jwt.JwtVerifier;
import dev.ingestkit.local.journal.CallDetail.Grounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests to the routes of HTTP APIs: signatures, tokens, and functions that decide. A request without an
 * identity source is answered 401 and the function is not invoked; a refusal is 403; a function that fails is 500.
 * Thread-safe.
 */
final class HttpAuthorizerGate {

    private static final long TIMEOUT_SECONDS = 10;

    private final FunctionInvoker functions;
    private final JwtVerifier tokens;

    HttpAuthorizerGate(FunctionInvoker functions, JwtVerifier tokens) {
        this.functions = functions;
        this.tokens = tokens;
    }

    /** Completes with the authorized exchange, or fails with {@link HttpRejectedException}. */
    CompletableFuture<HttpExchange> admit(HttpExchange exchange) {
        HttpRoute.Access access = exchange.route().access();
        if (access.signed()) {
            requireSignature(exchange);
        }
        HttpAuthorizer authorizer = access.authorizer();
        if (authorizer == null) {
            return CompletableFuture.completedFuture(exchange);
        }
        return switch (authorizer.kind()) {
            case LAMBDA -> lambda(exchange, (HttpAuthorizer.Lambda) authorizer);
            case JWT -> token(exchange, (HttpAuthorizer.Jwt) authorizer, access.scopes());
        };
    }

    /** Requires a signature. Who signed is not checked, as by the services here. */
    private static void requireSignature(HttpExchange exchange) {
        boolean signed = exchange.request()
                        .header("authorization")
                        .filter(value -> value.startsWith("AWS4-HMAC-SHA256 "))
                        .isPresent()
                || exchange.query().last().containsKey("X-Amz-Signature");
        if (!signed) {
            throw HttpRejectedException.of(403, "Forbidden", "the route needs a signed request");
        }
    }

    private CompletableFuture<HttpExchange> token(HttpExchange exchange, HttpAuthorizer.Jwt jwt, List<String> scopes) {
        String text = jwt.token().resolve(exchange);
        if (text == null || text.isBlank()) {
            throw HttpRejectedException.token(false, "Bearer", "the request has no token");
        }
        long startedAt = System.nanoTime();
        return tokens.verify(text, new JwtVerifier.Demand(jwt.issuer(), jwt.audience(), scopes))
                .handle((outcome, failure) -> {
                    if (failure != null) {
                        throw HttpRejectedException.token(
                                false,
                                challenge(scopes, "invalid_token", "unable to get the keys of the issuer"),
                                "authorizer %s: the keys of %s cannot be read: %s"
                                        .formatted(jwt.name(), jwt.issuer(), failure.getMessage()));
                    }
                    outcome.problem().ifPresent(problem -> {
                        String error = outcome.forbidden() ? "insufficient_scope" : "invalid_token";
                        throw HttpRejectedException.token(
                                outcome.forbidden(), challenge(scopes, error, problem), "authorizer: " + problem);
                    });
                    exchange.authorized(new HttpExchange.Token(outcome.claims(), outcome.scopes()));
                    String subject = outcome.claims().path("sub").asText();
                    exchange.steps().authorized(jwt.name(), subject, Grounds.TOKEN, startedAt);
                    return exchange;
                });
    }

    private static String challenge(List<String> scopes, String error, String description) {
        return "Bearer scope=\"%s\" error=\"%s\" error_description=\"%s\""
                .formatted(String.join(" ", scopes), error, description);
    }

    private CompletableFuture<HttpExchange> lambda(HttpExchange exchange, HttpAuthorizer.Lambda authorizer) {
        long startedAt = System.nanoTime();
        List<String> identity = new ArrayList<>();
        for (HttpValue source : authorizer.identity()) {
            String value = source.resolve(exchange);
            if (value == null || value.isEmpty()) {
                throw HttpRejectedException.of(401, "Unauthorized", "an identity source is missing");
            }
            identity.add(value);
        }
        String arn =
                exchange.deployment().arn(exchange.request().method(), PercentEncoding.decodePath(exchange.path()));
        boolean caches = !authorizer.ttl().isZero() && !identity.isEmpty();
        boolean[] asked = new boolean[1];
        CompletableFuture<HttpDecision> decision = caches
                ? exchange.deployment().cache(authorizer).get(identity, () -> {
                    asked[0] = true;
                    return ask(exchange, authorizer, identity, arn);
                })
                : ask(exchange, authorizer, identity, arn);
        return decision.thenApply(known -> {
            Grounds grounds = caches && !asked[0] ? Grounds.CACHE : Grounds.FUNCTION;
            exchange.steps().authorized(authorizer.name(), known.principal(), grounds, startedAt);
            if (!known.allows(arn, ResourcePolicyGate.keys(exchange.request(), exchange.startedAt()))) {
                throw HttpRejectedException.of(403, "Forbidden", "the authorizer does not allow the request");
            }
            exchange.authorized(known);
            return exchange;
        });
    }

    private CompletableFuture<HttpDecision> ask(
            HttpExchange exchange, HttpAuthorizer.Lambda authorizer, List<String> identity, String arn) {
        return functions
                .invoke(authorizer.function(), HttpEvents.authorizer(exchange, authorizer, identity, arn))
                .copy()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .handle((invocation, failure) -> {
                    if (failure != null) {
                        throw failed(authorizer, String.valueOf(failure.getMessage()));
                    }
                    return decision(authorizer, invocation);
                });
    }

    private static HttpDecision decision(HttpAuthorizer.Lambda authorizer, Invocation invocation) {
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(invocation.payload());
        } catch (IOException malformed) {
            throw failed(authorizer, "its answer is not JSON: " + malformed.getMessage());
        }
        if (invocation.failed()) {
            throw failed(authorizer, answer.path("errorMessage").asText());
        }
        if (authorizer.simple()) {
            if (!answer.path("isAuthorized").isBoolean()) {
                throw failed(authorizer, "its answer has no isAuthorized");
            }
            return new HttpDecision(answer.get("isAuthorized").asBoolean(), null, "", context(answer));
        }
        try {
            AuthorizerDecision policy = AuthorizerDecision.parse(answer);
            return new HttpDecision(false, policy.policy(), policy.principalId(), policy.context());
        } catch (MalformedPolicyException malformed) {
            throw failed(authorizer, "its answer is unusable: " + malformed.getMessage());
        }
    }

    /** Returns the context of a simple answer, whose values may be of any kind. */
    private static Map<String, @Nullable Object> context(JsonNode answer) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        answer.path("context").properties().forEach(member -> context.put(member.getKey(), member.getValue()));
        return context;
    }

    private static HttpRejectedException failed(HttpAuthorizer.Lambda authorizer, String problem) {
        return HttpRejectedException.internal(
                "authorizer %s (%s) failed: %s".formatted(authorizer.name(), authorizer.function(), problem));
    }
}
