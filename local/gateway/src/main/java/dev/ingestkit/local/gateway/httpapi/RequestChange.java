package dev.ingestkit.local.gateway.httpapi;

import static java.util.Objects.requireNonNull;

/**
 * A change of a request before its back end receives it. Immutable.
 *
 * @param name the name of the header or query parameter; empty for the path
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Parameter
 *     mapping</a>
 */
public record RequestChange(HttpIntegration.Action action, Part part, String name, HttpValue value) {

    /** The parts of a request that a mapping can change. */
    public enum Part {
        HEADER,
        QUERYSTRING,
        PATH
    }

    public RequestChange {
        requireNonNull(action, "action");
        requireNonNull(part, "part");
        requireNonNull(name, "name");
        requireNonNull(value, "value");
    }
}
