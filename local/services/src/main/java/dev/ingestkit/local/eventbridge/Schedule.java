package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.time.ScheduleExpression;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The times of a rule. Immutable.
 *
 * @param text the expression as it was given
 * @param expression the parsed text
 * @param start runs before this time are left out
 * @param end runs after this time are left out
 */
public record Schedule(String text, ScheduleExpression expression, Instant start, Instant end) {

    public Schedule {
        requireNonNull(text, "text");
        requireNonNull(expression, "expression");
        requireNonNull(start, "start");
        requireNonNull(end, "end");
    }

    /**
     * Reads a schedule without bounds.
     *
     * @throws IllegalArgumentException for an expression that EventBridge rejects
     */
    public static Schedule of(String text, ZoneId zone) {
        return new Schedule(text, ScheduleExpression.parse(text, zone), Instant.MIN, Instant.MAX);
    }

    /**
     * Reads the schedule of a rule, in UTC.
     *
     * @throws IllegalArgumentException for an expression that EventBridge rejects in a rule
     */
    static Schedule ofRule(String text) {
        return new Schedule(text, ScheduleExpression.parseRule(text), Instant.MIN, Instant.MAX);
    }

    /** Returns the schedule within bounds. */
    public Schedule between(Instant from, Instant to) {
        return new Schedule(text, expression, from, to);
    }

    Optional<Instant> next(Instant created, Instant after) {
        Instant started = created.isBefore(start) ? start : created;
        // A rate that has a start runs at its start, too.
        Instant from = after.isBefore(start) ? start.minusMillis(1) : after;
        Optional<Instant> next = started.equals(start) && from.isBefore(start) && text.startsWith("rate")
                ? Optional.of(start)
                : expression.next(started, from);
        return next.filter(time -> !time.isAfter(end));
    }
}
