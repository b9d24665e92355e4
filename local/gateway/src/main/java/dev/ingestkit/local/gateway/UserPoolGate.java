package dev.ingestkit.local.gateway;

import static dev.ingestkit.local.gateway.definition.GatewayResponseType.UNAUTHORIZED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.definition.UserPoolAuthorizer;
import dev.ingestkit.local.gateway.jwt.JwtVerifier;
import dev.ingestkit.local.journal.CallDetail.Grounds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Admits requests with tokens of Cognito user pools: an identity token where the method has no scopes, else an access
 * token with one of them. Every other request is answered 401. Thread-safe.
 */
final class UserPoolGate {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final JwtVerifier tokens;

    UserPoolGate(JwtVerifier tokens) {
        this.tokens = tokens;
    }

    /** Completes with the authorized exchange, or fails with {@link RequestRejectedException}. */
    CompletableFuture<Exchange> admit(Exchange exchange, UserPoolAuthorizer authorizer) {
        long startedAt = System.nanoTime();
        String token = authorizer.token().value(exchange);
        if (token == null || token.isBlank()) {
            throw refused("the request has no token");
        }
        if (authorizer.validation() != null
                && !authorizer.validation().matcher(token).matches()) {
            throw refused("the token does not match the validation expression");
        }
        String issuer = JwtVerifier.issuer(token)
                .filter(authorizer.issuers()::contains)
                .orElseThrow(() -> refused("the token was not issued by one of the authorizer's user pools"));
        return tokens.verify(token, new JwtVerifier.Demand(issuer, null, authorizer.scopes()))
                .handle((outcome, failure) -> {
                    if (failure != null) {
                        throw refused("the keys of %s cannot be read: %s".formatted(issuer, failure.getMessage()));
                    }
                    check(outcome, authorizer);
                    Map<String, String> claims = texts(outcome.claims());
                    exchange.authorized(claims, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt));
                    exchange.steps()
                            .authorized(authorizer.name(), claims.getOrDefault("sub", ""), Grounds.TOKEN, startedAt);
                    return exchange;
                });
    }

    private static void check(JwtVerifier.Outcome outcome, UserPoolAuthorizer authorizer) {
        Optional<String> problem = outcome.problem();
        if (outcome.verdict() == JwtVerifier.Verdict.EXPIRED) {
            throw RequestRejectedException.saying(UNAUTHORIZED, "The incoming token has expired");
        }
        if (problem.isPresent()) {
            throw refused(problem.get());
        }
        String wanted = authorizer.scopes().isEmpty() ? "id" : "access";
        String use = outcome.claims().path("token_use").asText();
        if (!use.equals(wanted)) {
            throw refused("the method takes tokens whose token_use is %s, found '%s'".formatted(wanted, use));
        }
    }

    private static RequestRejectedException refused(String reason) {
        return RequestRejectedException.of(UNAUTHORIZED, "authorizer: " + reason);
    }

    /** Returns the claims as API Gateway passes them on: strings, with the times of issue and expiry as dates. */
    private static Map<String, String> texts(JsonNode claims) {
        Map<String, String> texts = new LinkedHashMap<>();
        claims.properties().forEach(claim -> {
            boolean isTime = (claim.getKey().equals("exp") || claim.getKey().equals("iat"))
                    && claim.getValue().isIntegralNumber();
            texts.put(
                    claim.getKey(),
                    isTime ? TIME.format(Instant.ofEpochSecond(claim.getValue().asLong())) : text(claim.getValue()));
        });
        return texts;
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            StringJoiner items = new StringJoiner(",");
            value.forEach(item -> items.add(text(item)));
            return items.toString();
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
