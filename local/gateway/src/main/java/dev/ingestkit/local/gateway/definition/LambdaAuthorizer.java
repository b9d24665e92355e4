package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a Lambda authorizer. Immutable.
 *
 * @param name the security scheme's name
 * @param function the name or ARN of the function
 * @param identity the values that a request must have before the function is invoked, and the key of cached answers
 * @param validation for a token: the pattern that it must match before the function is invoked
 * @param ttl the time that an answer is kept; zero for not at all. AWS: 300 s by default, at most 3,600 s
 */
public record LambdaAuthorizer(
        String name,
        Kind kind,
        String function,
        List<ParameterSource> identity,
        @Nullable Pattern validation,
        Duration ttl) {

    /** The event that the function receives. */
    public enum Kind {
        REQUEST,
        TOKEN
    }

    public boolean caches() {
        return !ttl.isZero() && !identity.isEmpty();
    }
}
