package dev.ingestkit.local.gateway.httpapi;

import java.time.Duration;
import java.util.List;

/** An authorizer of an HTTP API. Immutable. */
public sealed interface HttpAuthorizer {

    /** The kinds of authorizers. */
    enum Kind {
        LAMBDA,
        JWT
    }

    /** Returns the kind, for switches that cover every case. */
    Kind kind();

    String name();

    /**
     * A function that decides.
     *
     * @param identity the values that a request must have before the function is invoked, and the key of cached answers
     * @param format the form of the function's event
     * @param simple whether the function answers {@code isAuthorized} instead of a policy
     * @param ttl the time that an answer is kept; zero for not at all, at most one hour
     */
    record Lambda(
            String name,
            String function,
            List<HttpValue> identity,
            HttpIntegration.PayloadFormat format,
            boolean simple,
            Duration ttl)
            implements HttpAuthorizer {

        public Lambda {
            identity = List.copyOf(identity);
        }

        @Override
        public Kind kind() {
            return Kind.LAMBDA;
        }
    }

    /**
     * A check of a JSON Web Token.
     *
     * @param token where the request has it
     * @param audience the values of which the token must have one
     */
    record Jwt(String name, HttpValue token, String issuer, List<String> audience) implements HttpAuthorizer {

        public Jwt {
            audience = List.copyOf(audience);
        }

        @Override
        public Kind kind() {
            return Kind.JWT;
        }
    }
}
