package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.authorizer.AuthorizerCache;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;
import dev.ingestkit.local.gateway.httpapi.HttpAuthorizer;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A deployed stage of an HTTP API with its state: cached authorizer answers and throttles, both of which start empty
 * with the next deployment. Thread-safe.
 */
final class HttpDeployment {

    private final HttpApiDefinition definition;
    private final Gateway.Location location;
    private final Clock clock;
    private final StageThrottles throttles;
    private final Map<String, AuthorizerCache<HttpDecision>> caches = new ConcurrentHashMap<>();

    HttpDeployment(HttpApiDefinition definition, Gateway.Location location, Clock clock) {
        this.definition = definition;
        this.location = location;
        this.clock = clock;
        this.throttles = new StageThrottles(definition.stage().throttles(), clock);
    }

    HttpApiDefinition definition() {
        return definition;
    }

    String account() {
        return location.account();
    }

    StageThrottles throttles() {
        return throttles;
    }

    AuthorizerCache<HttpDecision> cache(HttpAuthorizer.Lambda authorizer) {
        return caches.computeIfAbsent(authorizer.name(), name -> new AuthorizerCache<>(authorizer.ttl(), clock));
    }

    /** Returns the ARN of a request, which policies name. */
    String arn(String method, String path) {
        return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
                .formatted(
                        location.region(),
                        location.account(),
                        definition.id(),
                        definition.stage().name(),
                        method,
                        path);
    }
}
