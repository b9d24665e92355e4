package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.authorizer.AuthorizerCache;
import dev.ingestkit.local.gateway.authorizer.AuthorizerDecision;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.LambdaAuthorizer;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A deployed definition with its state: cached authorizer answers and throttles, both of which start empty with the
 * next deployment. Thread-safe.
 */
final class Deployment {

    private final ApiDefinition definition;
    private final String id;
    private final String region;
    private final String account;
    private final Clock clock;
    private final Map<String, AuthorizerCache<AuthorizerDecision>> caches = new ConcurrentHashMap<>();
    private final StageThrottles throttles;

    Deployment(ApiDefinition definition, String id, String region, String account, Clock clock) {
        this.definition = definition;
        this.id = id;
        this.region = region;
        this.account = account;
        this.clock = clock;
        this.throttles = new StageThrottles(definition.stage().throttles(), clock);
    }

    ApiDefinition definition() {
        return definition;
    }

    String id() {
        return id;
    }

    String account() {
        return account;
    }

    AuthorizerCache<AuthorizerDecision> cache(LambdaAuthorizer authorizer) {
        return caches.computeIfAbsent(authorizer.name(), name -> new AuthorizerCache<>(authorizer.ttl(), clock));
    }

    /** Takes a token of the method's rate limit; returns false if none is left. */
    boolean admits(MethodDefinition method, String verb) {
        return throttles.admits(method.resourcePath(), verb);
    }

    /** Returns the method's ARN, which policies name. */
    String methodArn(String verb, String path) {
        return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
                .formatted(region, account, definition.id(), definition.stageName(), verb, path);
    }
}
