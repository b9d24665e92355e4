package dev.ingestkit.local.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times at which a rule or schedule of EventBridge runs: {@code rate(5 minutes)}, {@code cron(0 12 * * ? *)} or
 * {@code at(2026-11-30T12:00:00)}. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule types</a>
 */
public interface ScheduleExpression {

    /**
     * Returns the next time after a moment, empty if there is none.
     *
     * @param started the time at which the schedule was created, from which rates are counted
     * @param after the time after which the next run is searched
     */
    Optional<Instant> next(Instant started, Instant after);

    /**
     * Reads an expression.
     *
     * @param zone the time zone of {@code cron} and {@code at}
     * @throws IllegalArgumentException if EventBridge rejects the expression, with the reason
     */
    static ScheduleExpression parse(String text, ZoneId zone) {
        Matcher expression = Pattern.compile("(rate|cron|at)\\((.*)\\)").matcher(text.trim());
        if (!expression.matches()) {
            throw new IllegalArgumentException(
                    "a schedule is rate(NUMBER UNIT), cron(SIX FIELDS) or at(TIME), not " + text);
        }
        String inner = expression.group(2).trim();
        return switch (expression.group(1)) {
            case "rate" -> rate(inner);
            case "at" -> at(inner, zone);
            default -> CronFields.parse(inner, zone);
        };
    }

    /**
     * Reads the expression of a rule, which runs again and again: {@code at} is for EventBridge Scheduler only.
     *
     * @throws IllegalArgumentException if EventBridge rejects the expression, with the reason
     */
    static ScheduleExpression parseRule(String text) {
        if (text.trim().startsWith("at(")) {
            throw new IllegalArgumentException("a rule's schedule is rate(NUMBER UNIT) or cron(SIX FIELDS), not " + text
                    + "; a schedule of EventBridge Scheduler can run at a time");
        }
        return parse(text, ZoneOffset.UTC);
    }

    private static ScheduleExpression rate(String text) {
        Matcher rate = Pattern.compile("([1-9]\\d{0,8}) +(minute|hour|day)(s?)").matcher(text);
        if (!rate.matches() || rate.group(1).equals("1") != rate.group(3).isEmpty()) {
            throw new IllegalArgumentException(
                    "rate(%s) must be a positive number of minutes, hours or days, singular for 1".formatted(text));
        }
        long number = Long.parseLong(rate.group(1));
        Duration between = switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(number);
            case "hour" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return (started, after) -> {
            long runs = Math.max(0, Duration.between(started, after).dividedBy(between));
            return Optional.of(started.plus(between.multipliedBy(runs + 1)));
        };
    }

    private static ScheduleExpression at(String text, ZoneId zone) {
        try {
            Instant once = LocalDateTime.parse(text).atZone(zone).toInstant();
            return (started, after) -> once.isAfter(after) ? Optional.of(once) : Optional.empty();
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(
                    "at(%s) must be a time such as 2026-11-30T12:00:00".formatted(text), malformed);
        }
    }
}
