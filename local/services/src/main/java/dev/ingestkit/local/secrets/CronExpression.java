package dev.ingestkit.local.secrets;

import dev.ingestkit.local.time.CronField;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * The hours of a schedule in AWS's form {@code cron(0 HOURS DAYS MONTHS WEEKDAYS *)}, in UTC, where a weekday is 1 for
 * Sunday to 7, {@code L} is the last day and {@code 2#1} the first Monday of a month. Immutable.
 *
 * @param hours hours of a day, 0 to 23
 * @param days whether the schedule runs on a day
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html">Rotation
 *     schedules</a>
 */
record CronExpression(SortedSet<Integer> hours, Predicate<ZonedDateTime> days) {

    /**
     * Parses an expression.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException for an invalid expression, naming the invalid part
     */
    static CronExpression parse(String text) {
        try {
            return parse(text.trim().toUpperCase(Locale.ROOT).split("\\s+", -1));
        } catch (IllegalArgumentException invalid) {
            throw SecretErrors.invalidParameter(
                    "Invalid ScheduleExpression cron(%s): %s.".formatted(text, invalid.getMessage()));
        }
    }

    private static CronExpression parse(String[] fields) {
        if (fields.length != 6) {
            throw new IllegalArgumentException("%d fields instead of 6".formatted(fields.length));
        }
        if (!fields[0].equals("0")) {
            throw new IllegalArgumentException("a rotation window begins on the hour: the minutes must be 0");
        }
        if (!fields[5].equals("*")) {
            throw new IllegalArgumentException("the year must be *");
        }
        if (!isAny(fields[2]) && !isAny(fields[4])) {
            throw new IllegalArgumentException(
                    "a day of the month and a weekday cannot both be given: one of them must be ?");
        }
        SortedSet<Integer> hours = CronField.numbers(starred(fields[1]), 0, 23);
        SortedSet<Integer> months = CronField.months(starred(fields[3]));
        Predicate<LocalDate> day = isAny(fields[4]) ? dayOfMonth(fields[2]) : CronField.weekdays(starred(fields[4]));
        return new CronExpression(hours, at -> months.contains(at.getMonthValue()) && day.test(at.toLocalDate()));
    }

    private static boolean isAny(String field) {
        return field.equals("*") || field.equals("?");
    }

    /** Returns the field with its short forms written out: {@code ?} for any value, and a step from the lowest one. */
    private static String starred(String field) {
        return field.replace('?', '*').replaceAll("(^|,)/", "$1*/");
    }

    private static Predicate<LocalDate> dayOfMonth(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfMonth() == date.lengthOfMonth();
        }
        SortedSet<Integer> days = CronField.numbers(starred(field), 1, 31);
        return date -> days.contains(date.getDayOfMonth());
    }
}
