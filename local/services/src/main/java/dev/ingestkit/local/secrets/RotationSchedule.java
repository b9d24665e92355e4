package dev.ingestkit.local.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times at which a secret is rotated. AWS rotates at any time within a window; here rotation is at the start of the
 * window. Immutable.
 *
 * @param next returns the start of the first window after an instant
 * @param countsFromValue whether a manually put value counts as a rotation, as it does with days between rotations
 */
record RotationSchedule(UnaryOperator<Instant> next, boolean countsFromValue) {

    private static final Pattern EXPRESSION = Pattern.compile("(rate|cron)\\((.*)\\)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,4}) (hours?|days?)");
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2})h");
    private static final int HOURS_PER_DAY = 24;
    private static final int MIN_HOURS = 4;
    private static final int MAX_DAYS = 999;
    private static final int MAX_YEARS_AHEAD = 9;

    /**
     * Returns the schedule that the members of RotationRules describe.
     *
     * @param days days between rotations
     * @param duration the length of a window; validated, without effect on its start
     * @return empty if neither days nor an expression is given
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameterException for a schedule that AWS rejects
     */
    static Optional<RotationSchedule> of(Optional<Long> days, Optional<String> expression, Optional<String> duration) {
        if (days.isPresent() && expression.isPresent()) {
            throw invalid("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
        }
        Optional<Integer> window = duration.map(RotationSchedule::hours);
        if (days.isPresent()) {
            long between = days.get();
            if (between < 1 || between > 1000) {
                throw invalid("AutomaticallyAfterDays must be between 1 and 1000.");
            }
            requireWindow(window, 0, HOURS_PER_DAY);
            return Optional.of(new RotationSchedule(from -> from.plus(Duration.ofDays(between)), true));
        }
        return expression.map(text -> parse(text, window));
    }

    private static int hours(String duration) {
        Matcher hours = HOURS.matcher(duration);
        if (!hours.matches() || Integer.parseInt(hours.group(1)) == 0) {
            throw invalid("Duration must be a number of hours such as 3h: " + duration);
        }
        return Integer.parseInt(hours.group(1));
    }

    private static RotationSchedule parse(String text, Optional<Integer> window) {
        Matcher expression = EXPRESSION.matcher(text);
        if (!expression.matches()) {
            throw invalid("ScheduleExpression must be rate(...) or cron(...): " + text);
        }
        return expression.group(1).equals("rate")
                ? rate(expression.group(2), window)
                : cron(expression.group(2), window);
    }

    private static RotationSchedule rate(String text, Optional<Integer> window) {
        Matcher rate = RATE.matcher(text.trim());
        if (!rate.matches()) {
            throw invalid("Invalid ScheduleExpression rate(%s): it must be a number of hours or days.".formatted(text));
        }
        int number = Integer.parseInt(rate.group(1));
        boolean inDays = rate.group(2).startsWith("day");
        if (number < (inDays ? 1 : MIN_HOURS) || number > (inDays ? MAX_DAYS : MAX_DAYS * HOURS_PER_DAY)) {
            throw invalid(
                    "Invalid ScheduleExpression rate(%s): a secret is rotated at most every 4 hours and at least every"
                                    .formatted(text)
                            + " 999 days.");
        }
        requireWindow(window, 0, inDays ? HOURS_PER_DAY : number);
        ChronoUnit unit = inDays ? ChronoUnit.DAYS : ChronoUnit.HOURS;
        return new RotationSchedule(from -> from.truncatedTo(unit).plus(number, unit), false);
    }

    private static RotationSchedule cron(String text, Optional<Integer> window) {
        CronExpression cron = CronExpression.parse(text);
        List<Integer> hours = new ArrayList<>(cron.hours());
        for (int at = 0; at < hours.size(); at++) {
            int following = at + 1 < hours.size() ? hours.get(at + 1) : hours.get(0) + HOURS_PER_DAY;
            if (following - hours.get(at) < MIN_HOURS) {
                throw invalid("Invalid ScheduleExpression cron(%s): a secret is rotated at most every 4 hours."
                        .formatted(text));
            }
            requireWindow(window, hours.get(at), Math.min(following, HOURS_PER_DAY) - hours.get(at));
        }
        if (next(cron, Instant.EPOCH).isEmpty()) {
            throw invalid("Invalid ScheduleExpression cron(%s): it matches no day.".formatted(text));
        }
        return new RotationSchedule(from -> next(cron, from).orElse(Instant.MAX), false);
    }

    /** Leap days are at most eight years apart, so the search ends after nine. */
    private static Optional<Instant> next(CronExpression cron, Instant after) {
        ZonedDateTime day = after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime end = day.plusYears(MAX_YEARS_AHEAD);
        for (; day.isBefore(end); day = day.plusDays(1)) {
            if (cron.days().test(day)) {
                for (int hour : cron.hours()) {
                    Instant window = day.plusHours(hour).toInstant();
                    if (window.isAfter(after)) {
                        return Optional.of(window);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void requireWindow(Optional<Integer> window, int start, int max) {
        int available = Math.min(max, HOURS_PER_DAY - start);
        if (window.filter(hours -> hours > available).isPresent()) {
            throw invalid(
                    "Duration %dh is too long: a rotation window must not extend into the next UTC day or into the"
                                    .formatted(window.get())
                            + " next window.");
        }
    }

    private static RuntimeException invalid(String message) {
        return SecretErrors.invalidParameter(message);
    }
}
