package dev.ingestkit.local.time;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * EventBridge's {@code cron(MINUTES HOURS DAYS MONTHS WEEKDAYS YEARS)}, where a weekday is 1 for Sunday to 7, {@code L}
 * is the last day, {@code 15W} the weekday nearest to the 15th and {@code 2#1} the first Monday of a month. Immutable.
 *
 * @param minutes minutes of an hour
 * @param hours hours of a day
 * @param days whether the schedule runs on a day
 * @param lastYear the last year in which it runs
 * @param zone the time zone
 */
record CronFields(
        SortedSet<Integer> minutes, SortedSet<Integer> hours, Predicate<LocalDate> days, int lastYear, ZoneId zone)
        implements ScheduleExpression {

    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 2199;

    /** Leap days are at most eight years apart. */
    private static final int YEARS_AHEAD = 9;

    CronFields {
        requireNonNull(days, "days");
        requireNonNull(zone, "zone");
    }

    static CronFields parse(String text, ZoneId zone) {
        try {
            return parse(text.toUpperCase(Locale.ROOT).split("\\s+", -1), zone);
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException("cron(%s): %s".formatted(text, invalid.getMessage()), invalid);
        }
    }

    private static CronFields parse(String[] fields, ZoneId zone) {
        if (fields.length != 6) {
            throw new IllegalArgumentException("%d fields instead of 6".formatted(fields.length));
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new IllegalArgumentException(
                    "one of the day of the month and the day of the week must be ?, the other must not");
        }
        SortedSet<Integer> months = CronField.months(fields[3]);
        SortedSet<Integer> years = CronField.numbers(fields[5], MIN_YEAR, MAX_YEAR);
        Predicate<LocalDate> day = fields[4].equals("?") ? dayOfMonth(fields[2]) : weekday(fields[4]);
        return new CronFields(
                CronField.numbers(fields[0], 0, 59),
                CronField.numbers(fields[1], 0, 23),
                date -> months.contains(date.getMonthValue()) && years.contains(date.getYear()) && day.test(date),
                years.last(),
                zone);
    }

    @Override
    public Optional<Instant> next(Instant started, Instant after) {
        ZonedDateTime from = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        LocalDate end = from.toLocalDate().plusYears(YEARS_AHEAD);
        for (LocalDate day = from.toLocalDate();
                day.isBefore(end) && day.getYear() <= lastYear;
                day = day.plusDays(1)) {
            if (days.test(day)) {
                Optional<Instant> time = on(day, after);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> on(LocalDate day, Instant after) {
        for (int hour : hours) {
            for (int minute : minutes) {
                Instant time = day.atTime(hour, minute).atZone(zone).toInstant();
                if (time.isAfter(after)) {
                    return Optional.of(time);
                }
            }
        }
        return Optional.empty();
    }

    private static Predicate<LocalDate> dayOfMonth(String field) {
        if (field.equals("L")) {
            return date -> date.equals(date.with(TemporalAdjusters.lastDayOfMonth()));
        }
        if (field.matches("\\d{1,2}W|LW")) {
            boolean last = field.startsWith("L");
            int wanted = last ? 31 : CronField.number(field.substring(0, field.length() - 1), 1, 31, List.of());
            return date -> date.equals(nearestWeekday(date, wanted));
        }
        SortedSet<Integer> days = CronField.numbers(field, 1, 31);
        return date -> days.contains(date.getDayOfMonth());
    }

    /** Returns the weekday nearest to a day of a date's month, within the month. */
    private static LocalDate nearestWeekday(LocalDate date, int wanted) {
        LocalDate target = date.withDayOfMonth(Math.min(wanted, date.lengthOfMonth()));
        if (target.getDayOfWeek() == DayOfWeek.SATURDAY) {
            return target.getDayOfMonth() == 1 ? target.plusDays(2) : target.minusDays(1);
        }
        if (target.getDayOfWeek() == DayOfWeek.SUNDAY) {
            return target.getDayOfMonth() == target.lengthOfMonth() ? target.minusDays(2) : target.plusDays(1);
        }
        return target;
    }

    private static Predicate<LocalDate> weekday(String field) {
        return field.equals("L") ? date -> date.getDayOfWeek() == DayOfWeek.SATURDAY : CronField.weekdays(field);
    }
}
