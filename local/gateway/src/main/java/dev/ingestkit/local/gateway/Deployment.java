package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.authorizer.AuthorizerCache;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.LambdaAuthorizer;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings.MethodThrottle;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A definition in service, with the state that belongs to it: cached authorizer answers and throttles. Both start anew
 * with the next deployment. Thread-safe.
 */
final class Deployment {

    private final ApiDefinition definition;
    private final String id;
    private final String region;
    private final String account;
    private final Clock clock;
    private final Map<String, AuthorizerCache> caches = new ConcurrentHashMap<>();
    private final Map<String, Optional<TokenBucket>> throttles = new ConcurrentHashMap<>();

    Deployment(ApiDefinition definition, String id, String region, String account, Clock clock) {
        this.definition = definition;
        this.id = id;
        this.region = region;
        this.account = account;
        this.clock = clock;
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

    AuthorizerCache cache(LambdaAuthorizer authorizer) {
        return caches.computeIfAbsent(authorizer.name(), name -> new AuthorizerCache(authorizer.ttl(), clock));
    }

    /** Takes a place in the method's rate limit; each method has a bucket of its own, as on AWS. */
    boolean admits(MethodDefinition method, String verb) {
        if (definition.stage().throttles().isEmpty()) {
            return true;
        }
        Optional<TokenBucket> bucket =
                throttles.computeIfAbsent(verb + method.resourcePath(), key -> bucket(method.resourcePath(), verb));
        return bucket.isEmpty() || bucket.get().take();
    }

    /** What a policy names the method by. */
    String methodArn(String verb, String path) {
        return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
                .formatted(region, account, definition.id(), definition.stageName(), verb, path);
    }

    private Optional<TokenBucket> bucket(String resourcePath, String verb) {
        MethodThrottle best = null;
        int bestRank = 0;
        for (MethodThrottle throttle : definition.stage().throttles()) {
            int path = rank(throttle.resourcePath(), resourcePath, "/*");
            int method = rank(throttle.httpMethod(), verb, "*");
            if (path > 0 && method > 0 && 2 * path + method > bestRank) {
                best = throttle;
                bestRank = 2 * path + method;
            }
        }
        boolean limited = best != null && (best.ratePerSecond() >= 0 || best.burst() >= 0);
        return limited && best != null
                ? Optional.of(new TokenBucket(best.ratePerSecond(), best.burst(), clock))
                : Optional.empty();
    }

    /** 2 for an exact match, 1 for the wildcard, 0 for none. */
    private static int rank(String setting, String value, String any) {
        return setting.equals(value) ? 2 : setting.equals(any) ? 1 : 0;
    }
}
