package dev.ingestkit.local.template.model;

import static java.util.Objects.requireNonNull;

/**
 * A problem in a template, for its author.
 *
 * @param at the position
 * @param reason what is wrong with which value, and what to do
 */
public record Problem(Location at, String reason) {

    public Problem {
        requireNonNull(at, "at");
        requireNonNull(reason, "reason");
    }

    /** Returns {@code file:line:column: path: reason}, on one line. */
    @Override
    public String toString() {
        return at.path().isEmpty() ? "%s: %s".formatted(at, reason) : "%s: %s: %s".formatted(at, at.path(), reason);
    }
}
