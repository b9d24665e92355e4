package dev.ingestkit.local.gateway;

import dev.ingestkit.local.events.TokenBucket;
import dev.ingestkit.local.gateway.definition.StageSettings.MethodThrottle;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * The rate limits of a stage; each method has a bucket of its own, as on AWS. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html">Throttling</a>
 */
final class StageThrottles {

    private final List<MethodThrottle> settings;
    private final Clock clock;
    private final Map<String, BooleanSupplier> throttles = new ConcurrentHashMap<>();

    StageThrottles(List<MethodThrottle> settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes a token of a method's rate limit; returns false if none is left. */
    boolean admits(String resourcePath, String verb) {
        return settings.isEmpty()
                || throttles
                        .computeIfAbsent(verb + resourcePath, key -> throttle(resourcePath, verb))
                        .getAsBoolean();
    }

    private BooleanSupplier throttle(String resourcePath, String verb) {
        MethodThrottle best = null;
        int bestRank = 0;
        for (MethodThrottle throttle : settings) {
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
    private BooleanSupplier throttle(MethodThrottle limit) {
        if (limit.burst() == 0) {
            return () -> false;
        }
        double rate = limit.ratePerSecond() < 0 ? Double.POSITIVE_INFINITY : limit.ratePerSecond();
        double burst = limit.burst() > 0 ? limit.burst() : Math.max(1, Math.ceil(rate));
        TokenBucket bucket = new TokenBucket(rate, burst);
        return () -> bucket.tryTake(1, clock.millis());
    }

    /** Returns 2 for an exact match, 1 for the wildcard, 0 for none. */
    private static int rank(String setting, String value, String any) {
        return setting.equals(value) ? 2 : setting.equals(any) ? 1 : 0;
    }
}
