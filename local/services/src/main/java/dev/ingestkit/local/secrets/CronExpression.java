package dev.ingestkit.local.secrets;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
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

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /**
     * Parses an expression.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException for an invalid expression, naming the invalid part
     */
    static CronExpression parse(String text) {
        String[] fields = text.trim().toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 6) {
            throw invalid(text, "it has %d fields, not 6".formatted(fields.length));
        }
        if (!fields[0].equals("0")) {
            throw invalid(text, "a rotation window begins on the hour: the minutes must be 0");
        }
        if (!fields[5].equals("*")) {
            throw invalid(text, "the year must be *");
        }
        if (!isAny(fields[2]) && !isAny(fields[4])) {
            throw invalid(text, "a day of the month and a weekday cannot both be given: one of them must be ?");
        }
        SortedSet<Integer> hours = numbers(text, fields[1], 0, 23, List.of());
        SortedSet<Integer> months = numbers(text, fields[3], 1, 12, MONTHS);
        Predicate<ZonedDateTime> day = isAny(fields[4]) ? dayOfMonth(text, fields[2]) : weekday(text, fields[4]);
        return new CronExpression(hours, at -> months.contains(at.getMonthValue()) && day.test(at));
    }

    private static boolean isAny(String field) {
        return field.equals("*") || field.equals("?");
    }

    private static Predicate<ZonedDateTime> dayOfMonth(String text, String field) {
        if (field.equals("L")) {
            return at -> at.getDayOfMonth()
                    == at.with(TemporalAdjusters.lastDayOfMonth()).getDayOfMonth();
        }
        SortedSet<Integer> days = numbers(text, isAny(field) ? "*" : field, 1, 31, List.of());
        return at -> days.contains(at.getDayOfMonth());
    }

    private static Predicate<ZonedDateTime> weekday(String text, String field) {
        if (field.matches("[A-Z0-9]+#[1-5]")) {
            DayOfWeek wanted = dayOfWeek(number(text, field.substring(0, field.length() - 2), 1, 7, WEEKDAYS));
            int which = field.charAt(field.length() - 1) - '0';
            return at -> at.getDayOfWeek() == wanted && (at.getDayOfMonth() - 1) / 7 + 1 == which;
        }
        if (field.matches("[A-Z0-9]+L")) {
            DayOfWeek wanted = dayOfWeek(number(text, field.substring(0, field.length() - 1), 1, 7, WEEKDAYS));
            return at -> at.getDayOfWeek() == wanted && at.plusWeeks(1).getMonthValue() != at.getMonthValue();
        }
        SortedSet<Integer> days = numbers(text, field, 1, 7, WEEKDAYS);
        return at -> days.contains(at.getDayOfWeek().getValue() % 7 + 1);
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
            boolean all = isAny(step[0]) || (step[0].isEmpty() && step.length == 2);
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
        int number = named >= 0 ? named + min : digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (number < min || number > max) {
            throw invalid(text, "'%s' is not one of %d to %d".formatted(digits, min, max));
        }
        return number;
    }

    private static RuntimeException invalid(String text, String reason) {
        return SecretErrors.invalidParameter("Invalid ScheduleExpression cron(%s): %s.".formatted(text, reason));
    }
}
