package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

/**
 * The answer of a stack's API. Immutable.
 *
 * @param status the HTTP status
 * @param body as text; empty if there is none
 */
public record ApiAnswer(int status, String body) {

    public ApiAnswer {
        requireNonNull(body, "body");
    }
}
