package dev.ingestkit.local.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The fields of AWS's cron expressions, in upper case: lists, ranges and steps of numbers or names. The message of an
 * {@link IllegalArgumentException} is the reason alone, for the service that rejects the expression in its own words.
 * Stateless.
 */
public final class CronField {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private CronField() {}

    /**
     * Returns the numbers of a field.
     *
     * @throws IllegalArgumentException if the field is invalid, with the reason
     */
    public static SortedSet<Integer> numbers(String field, int min, int max) {
        return numbers(field, min, max, List.of());
    }

    /**
     * Returns the months of a field, 1 to 12.
     *
     * @throws IllegalArgumentException if the field is invalid, with the reason
     */
    public static SortedSet<Integer> months(String field) {
        return numbers(field, 1, 12, MONTHS);
    }

    /**
     * Returns the days of a field of weekdays, where a weekday is 1 for Sunday to 7, {@code 2#1} the first Monday of a
     * month and {@code 2L} its last.
     *
     * @throws IllegalArgumentException if the field is invalid, with the reason
     */
    public static Predicate<LocalDate> weekdays(String field) {
        if (field.matches("[A-Z0-9]+#[1-5]")) {
            DayOfWeek wanted = weekday(field.substring(0, field.length() - 2));
            int which = field.charAt(field.length() - 1) - '0';
            return date -> date.getDayOfWeek() == wanted && (date.getDayOfMonth() - 1) / 7 + 1 == which;
        }
        if (field.matches("[A-Z0-9]+L")) {
            DayOfWeek wanted = weekday(field.substring(0, field.length() - 1));
            return date -> date.getDayOfWeek() == wanted && date.plusWeeks(1).getMonthValue() != date.getMonthValue();
        }
        SortedSet<Integer> days = numbers(field, 1, 7, WEEKDAYS);
        return date -> days.contains(date.getDayOfWeek().getValue() % 7 + 1);
    }

    private static DayOfWeek weekday(String digits) {
        return DayOfWeek.SATURDAY.plus(number(digits, 1, 7, WEEKDAYS));
    }

    private static SortedSet<Integer> numbers(String field, int min, int max, List<String> names) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", 2);
            int by = step.length == 1 ? 1 : number(step[1], 1, max, List.of());
            String[] ends = step[0].split("-", 2);
            boolean all = step[0].equals("*");
            int from = all ? min : number(ends[0], min, max, names);
            boolean open = all || (ends.length == 1 && step.length == 2);
            int to = open ? max : number(ends[ends.length - 1], min, max, names);
            if (from > to) {
                throw new IllegalArgumentException("the range %s runs backwards".formatted(step[0]));
            }
            for (int number = from; number <= to; number += by) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    static int number(String digits, int min, int max, List<String> names) {
        int named = names.indexOf(digits);
        if (named >= 0) {
            return named + min;
        }
        int number = digits.matches("\\d{1,4}") ? Integer.parseInt(digits) : -1;
        if (number < min || number > max) {
            throw new IllegalArgumentException("'%s' is not one of %d to %d".formatted(digits, min, max));
        }
        return number;
    }
}
