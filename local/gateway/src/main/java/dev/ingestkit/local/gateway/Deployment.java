package dev.ingestkit.local.gateway;

import dev.ingestkit.local.events.TokenBucket;
import dev.ingestkit.local.gateway.authorizer.AuthorizerCache;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.LambdaAuthorizer;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings.MethodThrottle;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

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
    private final Map<String, AuthorizerCache> caches = new ConcurrentHashMap<>();
    private final Map<String, BooleanSupplier> throttles = new ConcurrentHashMap<>();

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

    /** Takes a token of the method's rate limit; each method has a bucket of its own, as on AWS. */
    boolean admits(MethodDefinition method, String verb) {
        if (definition.stage().throttles().isEmpty()) {
            return true;
        }
        return throttles
                .computeIfAbsent(verb + method.resourcePath(), key -> throttle(method.resourcePath(), verb))
                .getAsBoolean();
    }

    /** Returns the method's ARN, which policies name. */
    String methodArn(String verb, String path) {
        return "arn:aws:execute-api:%s:%s:%s/%s/%s%s"
                .formatted(region, account, definition.id(), definition.stageName(), verb, path);
    }

    private BooleanSupplier throttle(String resourcePath, String verb) {
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
        return limited && best != null ? throttle(best) : () -> true;
    }

    /** Returns the check of a throttle; without a burst, a second's worth of requests may arrive at once. */
    private BooleanSupplier throttle(MethodThrottle settings) {
        if (settings.burst() == 0) {
            return () -> false;
        }
        double rate = settings.ratePerSecond() < 0 ? Double.POSITIVE_INFINITY : settings.ratePerSecond();
        double burst = settings.burst() > 0 ? settings.burst() : Math.max(1, Math.ceil(rate));
        TokenBucket bucket = new TokenBucket(rate, burst);
        return () -> bucket.tryTake(1, clock.millis());
    }

    /** Returns 2 for an exact match, 1 for the wildcard, 0 for none. */
    private static int rank(String setting, String value, String any) {
        return setting.equals(value) ? 2 : setting.equals(any) ? 1 : 0;
    }
}
