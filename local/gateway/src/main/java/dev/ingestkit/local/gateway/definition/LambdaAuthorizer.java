package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda authorizer as defined. Immutable.
 *
 * @param name the security scheme's name
 * @param function whom to ask, name or ARN
 * @param identity what must be in a request before the function is asked, and what a cached answer is kept by
 * @param validation for a token: what it must look like before the function is asked
 * @param ttl how long an answer counts; zero for not at all. AWS: 300 s by default, at most 3,600 s
 */
public record LambdaAuthorizer(
        String name,
        Kind kind,
        String function,
        List<ParameterSource> identity,
        @Nullable Pattern validation,
        Duration ttl) {

    /** What the function is given. */
    public enum Kind {
        REQUEST,
        TOKEN
    }

    public boolean caches() {
        return !ttl.isZero() && !identity.isEmpty();
    }
}
