package dev.ingestkit.local.gateway.httpapi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route of an HTTP API. Immutable.
 *
 * @param key {@code GET /things/{id}}, or {@link #DEFAULT}
 */
public record HttpRoute(String key, HttpIntegration integration, Access access) {

    /** The key of the route for requests that fit no other. */
    public static final String DEFAULT = "$default";

    static final String ANY = "ANY";

    /**
     * The conditions under which a route answers.
     *
     * @param authorizer null if none decides
     * @param scopes the scopes of which a token must have one; empty for any token
     * @param signed whether the request needs a signature (IAM)
     */
    public record Access(@Nullable HttpAuthorizer authorizer, List<String> scopes, boolean signed) {

        static final Access OPEN = new Access(null, List.of(), false);

        public Access {
            scopes = List.copyOf(scopes);
        }
    }

    public HttpRoute {
        requireNonNull(key, "key");
        requireNonNull(integration, "integration");
        requireNonNull(access, "access");
    }

    /** Returns the path of the key; {@code $default} for the default route. */
    public String path() {
        return key.substring(key.indexOf(' ') + 1);
    }

    /** Returns the method of the key; {@code ANY} for every method. */
    public String method() {
        int space = key.indexOf(' ');
        return space < 0 ? ANY : key.substring(0, space);
    }
}
