package dev.ingestkit.local.gateway;

import static dev.ingestkit.local.gateway.definition.GatewayResponseType.ACCESS_DENIED;
import static dev.ingestkit.local.gateway.definition.GatewayResponseType.AUTHORIZER_CONFIGURATION_ERROR;
import static dev.ingestkit.local.gateway.definition.GatewayResponseType.AUTHORIZER_FAILURE;
import static dev.ingestkit.local.gateway.definition.GatewayResponseType.UNAUTHORIZED;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.gateway.authorizer.AuthorizerDecision;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import dev.ingestkit.local.gateway.authorizer.RequestKeys;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.LambdaAuthorizer;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.journal.CallDetail.Grounds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Invokes a method's Lambda authorizer and applies its policy to the method. The steps, in this order: identity sources
 * (a request without one is answered with 401 and the function is not invoked), the cached answer or an invocation, the
 * policy. Thread-safe.
 */
final class AuthorizerGate {

    private static final int MAX_ARN_BYTES = 1_600;
    private static final long TIMEOUT_SECONDS = 29;

    private final FunctionInvoker functions;

    AuthorizerGate(FunctionInvoker functions) {
        this.functions = functions;
    }

    /** Completes with the authorized exchange, or fails with {@link RequestRejectedException}. */
    CompletableFuture<Exchange> admit(Exchange exchange, LambdaAuthorizer authorizer, String methodArn) {
        if (methodArn.getBytes(StandardCharsets.UTF_8).length > MAX_ARN_BYTES) {
            throw RequestRejectedException.withStatus(
                    GatewayResponseType.DEFAULT_4XX, 414, "Request-URI Too Long: the method's ARN is over 1600 bytes");
        }
        long startedAt = System.nanoTime();
        List<String> identity = identity(exchange, authorizer);
        boolean[] asked = new boolean[1];
        CompletableFuture<AuthorizerDecision> decision = authorizer.caches()
                ? exchange.deployment().cache(authorizer).get(identity, () -> {
                    asked[0] = true;
                    return ask(exchange, authorizer, identity, methodArn);
                })
                : ask(exchange, authorizer, identity, methodArn);
        return decision.thenApply(known -> {
            exchange.authorized(known, TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedAt));
            Grounds grounds = authorizer.caches() && !asked[0] ? Grounds.CACHE : Grounds.FUNCTION;
            exchange.steps().authorized(authorizer.name(), known.principalId(), grounds, startedAt);
            return judged(exchange, known, methodArn);
        });
    }

    private static List<String> identity(Exchange exchange, LambdaAuthorizer authorizer) {
        List<String> identity = new ArrayList<>(authorizer.identity().size());
        for (ParameterSource source : authorizer.identity()) {
            String value = source.value(exchange);
            if (value == null || value.isEmpty()) {
                throw RequestRejectedException.of(UNAUTHORIZED, "an identity source is missing");
            }
            identity.add(value);
        }
        if (authorizer.validation() != null
                && !authorizer.validation().matcher(identity.get(0)).matches()) {
            throw RequestRejectedException.of(UNAUTHORIZED, "the token does not match the validation expression");
        }
        return identity;
    }

    private CompletableFuture<AuthorizerDecision> ask(
            Exchange exchange, LambdaAuthorizer authorizer, List<String> identity, String methodArn) {
        byte[] event = authorizer.kind() == LambdaAuthorizer.Kind.TOKEN
                ? AuthorizerEvent.token(identity.get(0), methodArn)
                : AuthorizerEvent.request(exchange, methodArn);
        return functions
                .invoke(authorizer.function(), event)
                .copy()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .handle((invocation, failure) -> {
                    if (failure != null) {
                        throw failed(authorizer, failure);
                    }
                    return decision(authorizer, invocation);
                });
    }

    private static AuthorizerDecision decision(LambdaAuthorizer authorizer, Invocation invocation) {
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(invocation.payload());
        } catch (IOException malformed) {
            throw configuration(authorizer, "returned a payload that is not JSON: " + malformed.getMessage());
        }
        if (invocation.failed()) {
            String message = answer.path("errorMessage").asText();
            // AWS compares the whole text: any other error is a failure of the authorizer itself.
            if (message.equals("Unauthorized")) {
                throw RequestRejectedException.of(UNAUTHORIZED, "the authorizer answered Unauthorized");
            }
            throw configuration(authorizer, "failed: " + message);
        }
        try {
            return AuthorizerDecision.parse(answer);
        } catch (MalformedPolicyException malformed) {
            throw configuration(authorizer, "returned an unusable answer: " + malformed.getMessage());
        }
    }

    private static RequestRejectedException failed(LambdaAuthorizer authorizer, Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        boolean unreachable = cause instanceof InvokeRejectedException rejected
                && rejected.reason() == InvokeRejectedException.Reason.NOT_FOUND;
        String what =
                cause instanceof TimeoutException ? "did not answer within 29 s" : String.valueOf(cause.getMessage());
        String reason = "authorizer %s (%s): %s".formatted(authorizer.name(), authorizer.function(), what);
        return RequestRejectedException.of(unreachable ? AUTHORIZER_CONFIGURATION_ERROR : AUTHORIZER_FAILURE, reason);
    }

    private static RequestRejectedException configuration(LambdaAuthorizer authorizer, String problem) {
        return RequestRejectedException.of(
                AUTHORIZER_CONFIGURATION_ERROR,
                "authorizer %s (%s) %s".formatted(authorizer.name(), authorizer.function(), problem));
    }

    private static Exchange judged(Exchange exchange, AuthorizerDecision decision, String methodArn) {
        RequestKeys keys = ResourcePolicyGate.keys(exchange.request(), exchange.startedAt());
        Optional<String> refusal = switch (decision.policy().verdict(methodArn, keys)) {
            case ALLOW -> Optional.empty();
            // Within one account an Allow of either policy is enough.
            case DENY -> ResourcePolicyGate.allows(exchange, methodArn) ? Optional.empty() : ACCESS_DENIED.message();
            case EXPLICIT_DENY -> ACCESS_DENIED.message().map(text -> text + " with an explicit deny");
        };
        if (refusal.isPresent()) {
            throw RequestRejectedException.saying(ACCESS_DENIED, refusal.get());
        }
        return exchange;
    }
}
