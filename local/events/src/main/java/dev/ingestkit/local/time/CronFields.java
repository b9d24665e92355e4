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
import java.util.TreeSet;
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

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 2199;

    /** Leap days are at most eight years apart. */
    private static final int YEARS_AHEAD = 9;

    CronFields {
        requireNonNull(days, "days");
        requireNonNull(zone, "zone");
    }

    static CronFields parse(String text, ZoneId zone) {
        String[] fields = text.toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 6) {
            throw invalid(text, "it has %d fields, not 6".formatted(fields.length));
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw invalid(text, "one of the day of the month and the day of the week must be ?, the other must not");
        }
        SortedSet<Integer> months = numbers(text, fields[3], 1, 12, MONTHS);
        SortedSet<Integer> years = numbers(text, fields[5], MIN_YEAR, MAX_YEAR, List.of());
        Predicate<LocalDate> day = fields[4].equals("?") ? dayOfMonth(text, fields[2]) : weekday(text, fields[4]);
        return new CronFields(
                numbers(text, fields[0], 0, 59, List.of()),
                numbers(text, fields[1], 0, 23, List.of()),
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

    private static Predicate<LocalDate> dayOfMonth(String text, String field) {
        if (field.equals("L")) {
            return date -> date.equals(date.with(TemporalAdjusters.lastDayOfMonth()));
        }
        if (field.matches("\\d{1,2}W|LW")) {
            boolean last = field.startsWith("L");
            int wanted = last ? 31 : number(text, field.substring(0, field.length() - 1), 1, 31, List.of());
            return date -> date.equals(nearestWeekday(date, wanted));
        }
        SortedSet<Integer> days = numbers(text, field, 1, 31, List.of());
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

    private static Predicate<LocalDate> weekday(String text, String field) {
        if (field.matches("[A-Z0-9]+#[1-5]")) {
            DayOfWeek wanted = dayOfWeek(number(text, field.substring(0, field.length() - 2), 1, 7, WEEKDAYS));
            int which = field.charAt(field.length() - 1) - '0';
            return date -> date.getDayOfWeek() == wanted && (date.getDayOfMonth() - 1) / 7 + 1 == which;
        }
        if (field.matches("[A-Z0-9]*L")) {
            String day = field.substring(0, field.length() - 1);
            DayOfWeek wanted = day.isEmpty() ? DayOfWeek.SATURDAY : dayOfWeek(number(text, day, 1, 7, WEEKDAYS));
            return date -> date.getDayOfWeek() == wanted
                    && (day.isEmpty() || date.plusWeeks(1).getMonthValue() != date.getMonthValue());
        }
        SortedSet<Integer> days = numbers(text, field, 1, 7, WEEKDAYS);
        return date -> days.contains(date.getDayOfWeek().getValue() % 7 + 1);
    }

    private static DayOfWeek dayOfWeek(int sundayIsOne) {
        return DayOfWeek.SATURDAY.plus(sundayIsOne);
    }

    /** Parses lists, ranges and steps of numbers or names. */
    private static SortedSet<Integer> numbers(String text, String field, int min, int max, List<String> names) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", 2);
            int by = step.length == 1 ? 1 : number(text, step[1], 1, max, List.of());
            String[] ends = step[0].split("-", 2);
            boolean all = step[0].equals("*");
            int from = all ? min : number(text, ends[0], min, max, names);
            boolean open = all || (ends.length == 1 && step.length == 2);
            int to = open ? max : number(text, ends[ends.length - 1], min, max, names);
            if (from > to) {
                throw invalid(text, "the range %s runs backwards".formatted(step[0]));
            }
            for (int number = from; number <= to; number += by) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int number(String text, String digits, int min, int max, List<String> names) {
        int named = names.indexOf(digits);
        if (named >= 0) {
            return named + min;
        }
        int number = digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : -1;
        if (number < min || number > max) {
            throw invalid(text, "'%s' is not one of %d to %d".formatted(digits, min, max));
        }
        return number;
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException("cron(%s): %s".formatted(text, reason));
    }
}
