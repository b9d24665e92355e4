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
 * The hours of a schedule as AWS writes them: {@code cron(0 HOURS DAYS MONTHS WEEKDAYS *)}, in UTC, where a weekday is 1
 * for Sunday to 7, {@code L} is the last day and {@code 2#1} the first Monday of a month. Immutable.
 *
 * @param hours of a day, 0 to 23
 * @param days whether a schedule runs on a day at all
 */
record CronExpression(SortedSet<Integer> hours, Predicate<ZonedDateTime> days) {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /** @throws dev.ingestkit.local.protocol.ServiceException for what is no such expression, saying which part is not */
    static CronExpression parse(String text) {
        String[] fields = text.trim().toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 6) {
            throw refused(text, "it has %d fields, not 6".formatted(fields.length));
        }
        if (!fields[0].equals("0")) {
            throw refused(text, "a rotation window begins on the hour: the minutes must be 0");
        }
        if (!fields[5].equals("*")) {
            throw refused(text, "the year must be *");
        }
        if (!isAny(fields[2]) && !isAny(fields[4])) {
            throw refused(text, "a day of the month and a weekday cannot both be given: one of them must be ?");
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

    /** Lists, ranges and steps of numbers or names. */
    private static SortedSet<Integer> numbers(String text, String field, int least, int most, List<String> names) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", 2);
            int by = step.length == 1 ? 1 : number(text, step[1], 1, most, List.of());
            String[] ends = step[0].split("-", 2);
            boolean all = isAny(step[0]) || (step[0].isEmpty() && step.length == 2);
            int from = all ? least : number(text, ends[0], least, most, names);
            boolean open = all || (ends.length == 1 && step.length == 2);
            int to = open ? most : number(text, ends[ends.length - 1], least, most, names);
            if (from > to) {
                throw refused(text, "the range %s runs backwards".formatted(step[0]));
            }
            for (int number = from; number <= to; number += by) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int number(String text, String digits, int least, int most, List<String> names) {
        int named = names.indexOf(digits);
        int number = named >= 0 ? named + least : digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (number < least || number > most) {
            throw refused(text, "'%s' is not one of %d to %d".formatted(digits, least, most));
        }
        return number;
    }

    private static RuntimeException refused(String text, String reason) {
        return SecretErrors.invalidParameter("Invalid ScheduleExpression cron(%s): %s.".formatted(text, reason));
    }
}
