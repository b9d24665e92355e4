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
 * When a secret is rotated. AWS rotates at any time within a window; here it is at the window's beginning. Immutable.
 *
 * @param next the beginning of the first window after an instant
 * @param countsFromValue whether a value that is put by hand counts as a rotation: with days between rotations it does
 */
record RotationSchedule(UnaryOperator<Instant> next, boolean countsFromValue) {

    private static final Pattern EXPRESSION = Pattern.compile("(rate|cron)\\((.*)\\)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,4}) (hours?|days?)");
    private static final Pattern HOURS = Pattern.compile("(\\d{1,2})h");
    private static final int HOURS_OF_A_DAY = 24;
    private static final int LEAST_HOURS = 4;
    private static final int MOST_DAYS = 999;
    private static final int YEARS_TO_LOOK = 9;

    /**
     * @param days between rotations
     * @param duration how long a window is; checked, and without effect on the window's beginning
     * @return empty if neither days nor an expression is given
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameterException for what AWS refuses
     */
    static Optional<RotationSchedule> of(Optional<Long> days, Optional<String> expression, Optional<String> duration) {
        if (days.isPresent() && expression.isPresent()) {
            throw refused("You can't specify both AutomaticallyAfterDays and ScheduleExpression.");
        }
        Optional<Integer> window = duration.map(RotationSchedule::hours);
        if (days.isPresent()) {
            long between = days.get();
            if (between < 1 || between > 1000) {
                throw refused("AutomaticallyAfterDays must be between 1 and 1000.");
            }
            requireWindow(window, 0, HOURS_OF_A_DAY);
            return Optional.of(new RotationSchedule(from -> from.plus(Duration.ofDays(between)), true));
        }
        return expression.map(text -> parse(text, window));
    }

    private static int hours(String duration) {
        Matcher hours = HOURS.matcher(duration);
        if (!hours.matches() || Integer.parseInt(hours.group(1)) == 0) {
            throw refused("Duration must be a number of hours, as 3h: " + duration);
        }
        return Integer.parseInt(hours.group(1));
    }

    private static RotationSchedule parse(String text, Optional<Integer> window) {
        Matcher expression = EXPRESSION.matcher(text);
        if (!expression.matches()) {
            throw refused("ScheduleExpression must be rate(...) or cron(...): " + text);
        }
        return expression.group(1).equals("rate")
                ? rate(expression.group(2), window)
                : cron(expression.group(2), window);
    }

    private static RotationSchedule rate(String text, Optional<Integer> window) {
        Matcher rate = RATE.matcher(text.trim());
        if (!rate.matches()) {
            throw refused("Invalid ScheduleExpression rate(%s): it must be a number of hours or days.".formatted(text));
        }
        int number = Integer.parseInt(rate.group(1));
        boolean inDays = rate.group(2).startsWith("day");
        if (number < (inDays ? 1 : LEAST_HOURS) || number > (inDays ? MOST_DAYS : MOST_DAYS * HOURS_OF_A_DAY)) {
            throw refused("Invalid ScheduleExpression rate(%s): a secret is rotated every 4 hours at the most and every"
                            .formatted(text)
                    + " 999 days at the least.");
        }
        requireWindow(window, 0, inDays ? HOURS_OF_A_DAY : number);
        ChronoUnit unit = inDays ? ChronoUnit.DAYS : ChronoUnit.HOURS;
        return new RotationSchedule(from -> from.truncatedTo(unit).plus(number, unit), false);
    }

    private static RotationSchedule cron(String text, Optional<Integer> window) {
        CronExpression cron = CronExpression.parse(text);
        List<Integer> hours = new ArrayList<>(cron.hours());
        for (int at = 0; at < hours.size(); at++) {
            int following = at + 1 < hours.size() ? hours.get(at + 1) : hours.get(0) + HOURS_OF_A_DAY;
            if (following - hours.get(at) < LEAST_HOURS) {
                throw refused("Invalid ScheduleExpression cron(%s): a secret is rotated every 4 hours at the most."
                        .formatted(text));
            }
            requireWindow(window, hours.get(at), Math.min(following, HOURS_OF_A_DAY) - hours.get(at));
        }
        if (next(cron, Instant.EPOCH).isEmpty()) {
            throw refused("Invalid ScheduleExpression cron(%s): no day is like that.".formatted(text));
        }
        return new RotationSchedule(from -> next(cron, from).orElse(Instant.MAX), false);
    }

    /** Leap days are at most eight years apart. */
    private static Optional<Instant> next(CronExpression cron, Instant after) {
        ZonedDateTime day = after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime end = day.plusYears(YEARS_TO_LOOK);
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

    private static void requireWindow(Optional<Integer> window, int begins, int most) {
        int room = Math.min(most, HOURS_OF_A_DAY - begins);
        if (window.filter(hours -> hours > room).isPresent()) {
            throw refused(
                    "Duration %dh is too long: a rotation window must not extend into the next UTC day or into the"
                                    .formatted(window.get())
                            + " next window.");
        }
    }

    private static RuntimeException refused(String message) {
        return SecretErrors.invalidParameter(message);
    }
}
