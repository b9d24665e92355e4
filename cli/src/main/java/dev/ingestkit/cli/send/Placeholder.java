package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The placeholders of templates, as {@code ingest-cli help templates} lists them. */
enum Placeholder {
    N("n", true),
    ID("id", false),
    UUID("uuid", false),
    TIME("time", false),
    RANDOM("random", true),
    INT("int", true),
    AMOUNT("amount", true),
    BOOL("bool", true),
    HEX("hex", false),
    LETTERS("letters", false),
    CHOICE("choice", false),
    NAME("name", false),
    EMAIL("email", false),
    CITY("city", false);

    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,12})-(-?\\d{1,12})");
    private static final int MAX_LENGTH = 2_000_000;

    private final String word;
    private final boolean bare;

    Placeholder(String word, boolean bare) {
        this.word = word;
        this.bare = bare;
    }

    String word() {
        return word;
    }

    /**
     * Returns whether the text is a JSON value without quotes, which a fixture's string of only this placeholder
     * becomes.
     */
    boolean bare() {
        return bare;
    }

    static Placeholder of(String word) {
        for (Placeholder known : values()) {
            if (known.word.equals(word)) {
                return known;
            }
        }
        throw new IllegalArgumentException("unknown placeholder: " + word);
    }

    /**
     * Returns the function that makes the placeholder's text for an event.
     *
     * @param argument the text after the colon; null if there is none
     * @throws IllegalArgumentException with the expected form of the argument
     */
    Function<EventValues, String> maker(@Nullable String argument) {
        return switch (this) {
            case N -> padded(argument);
            case ID -> without(argument, EventValues::id);
            case UUID -> without(argument, event -> event.uuid().toString());
            case TIME -> time(argument);
            case RANDOM ->
                without(argument, event -> Integer.toString(event.random().nextInt(Integer.MAX_VALUE)));
            case INT -> whole(argument);
            case AMOUNT -> amount(argument);
            case BOOL -> bool(argument);
            case HEX -> signs(argument, "0123456789abcdef");
            case LETTERS -> signs(argument, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-");
            case CHOICE -> choice(argument);
            case NAME -> without(argument, event -> event.person().name());
            case EMAIL -> without(argument, event -> event.person().email());
            case CITY -> without(argument, event -> Words.one(Words.CITIES, event.random()));
        };
    }

    private Function<EventValues, String> padded(@Nullable String argument) {
        if (argument == null) {
            return event -> Long.toString(event.number());
        }
        int digits = count(argument, 18);
        return event -> String.format(Locale.ROOT, "%0" + digits + "d", event.number());
    }

    private Function<EventValues, String> without(@Nullable String argument, Function<EventValues, String> maker) {
        if (argument != null) {
            throw wrong("takes no argument: {%s}".formatted(word));
        }
        return maker;
    }

    private Function<EventValues, String> time(@Nullable String argument) {
        if (argument == null) {
            return event -> event.time().toString();
        }
        return switch (argument) {
            case "s" -> event -> Long.toString(event.time().getEpochSecond());
            case "ms" -> event -> Long.toString(event.time().toEpochMilli());
            default -> {
                Duration shift = shift(argument);
                yield event -> event.time().plus(shift).toString();
            }
        };
    }

    /** {@code -5m} or {@code +2h}. */
    private Duration shift(String argument) {
        String form = argument.toUpperCase(Locale.ROOT);
        try {
            if (form.matches("[+-]\\d{1,9}[SMH]")) {
                return Duration.parse(form.charAt(0) == '-' ? "-PT" + form.substring(1) : "PT" + form.substring(1));
            }
            if (form.matches("[+-]\\d{1,6}D")) {
                return Duration.parse(form.charAt(0) == '-' ? "-P" + form.substring(1) : "P" + form.substring(1));
            }
        } catch (DateTimeException tooLong) {
            throw wrong("shifts the time too far");
        }
        throw wrong("takes s, ms, or a shift: {time:ms}, {time:-5m}, {time:+2d}");
    }

    private Function<EventValues, String> whole(@Nullable String argument) {
        long[] range = range(argument, "{int:1-100}");
        return event -> Long.toString(event.random().nextLong(range[0], range[1] + 1));
    }

    private Function<EventValues, String> amount(@Nullable String argument) {
        long[] range = range(argument, "{amount:5-400}");
        return event -> BigDecimal.valueOf(event.random().nextLong(range[0] * 100, range[1] * 100 + 1), 2)
                .toPlainString();
    }

    private long[] range(@Nullable String argument, String example) {
        var found = RANGE.matcher(argument == null ? "" : argument);
        if (!found.matches()) {
            throw wrong("needs a range: " + example);
        }
        long from = Long.parseLong(requireNonNull(found.group(1)));
        long to = Long.parseLong(requireNonNull(found.group(2)));
        if (from > to) {
            throw wrong("needs a range in rising order: " + example);
        }
        return new long[] {from, to};
    }

    private Function<EventValues, String> bool(@Nullable String argument) {
        if (argument == null) {
            return event -> Boolean.toString(event.random().nextBoolean());
        }
        if (!argument.matches("0?\\.\\d{1,6}|[01]")) {
            throw wrong("takes the share of true, 0 to 1: {bool:0.1}");
        }
        double share = Double.parseDouble(argument);
        return event -> Boolean.toString(event.random().nextDouble() < share);
    }

    private Function<EventValues, String> signs(@Nullable String argument, String alphabet) {
        int length = count(argument == null ? "" : argument, MAX_LENGTH);
        return event -> {
            StringBuilder text = new StringBuilder(length);
            for (int sign = 0; sign < length; sign++) {
                text.append(alphabet.charAt(event.random().nextInt(alphabet.length())));
            }
            return text.toString();
        };
    }

    private int count(String argument, int max) {
        if (!argument.matches("[1-9]\\d{0,6}") || Integer.parseInt(argument) > max) {
            throw wrong("needs a length of 1 to %,d: {%s:8}".formatted(max, word));
        }
        return Integer.parseInt(argument);
    }

    private Function<EventValues, String> choice(@Nullable String argument) {
        if (argument == null || argument.isEmpty()) {
            throw wrong("needs choices: {choice:red|green|blue}");
        }
        List<String> choices = List.of(argument.split("\\|", -1));
        return event -> Words.one(choices, event.random());
    }

    private IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("{%s} %s".formatted(word, text));
    }
}
