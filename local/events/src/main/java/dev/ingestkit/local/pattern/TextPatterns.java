package dev.ingestkit.local.pattern;

import java.util.Locale;
import java.util.regex.Pattern;

/** Makes regular expressions of the text patterns that need more than a comparison. */
final class TextPatterns {

    private TextPatterns() {}

    /**
     * Returns an expression for a text in any case. Only the pattern's characters have two forms: "ß" is met by "SS",
     * but "k" is not met by the Kelvin sign.
     */
    static String ignoringCase(String text) {
        StringBuilder expression = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            String character = text.substring(index, index + 1);
            String lower = character.toLowerCase(Locale.ROOT);
            String upper = character.toUpperCase(Locale.ROOT);
            expression.append(
                    lower.equals(upper)
                            ? Pattern.quote(lower)
                            : "(?:" + Pattern.quote(lower) + "|" + Pattern.quote(upper) + ")");
        }
        return expression.toString();
    }

    /**
     * Returns an expression for a text in which {@code *} stands for any characters.
     *
     * @throws IllegalArgumentException for two wildcards in a row, and for a backslash before anything but {@code *} or
     *     a backslash
     */
    static String wildcard(String text) {
        StringBuilder expression = new StringBuilder();
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '\\') {
                index++;
                if (index == text.length() || "*\\".indexOf(text.charAt(index)) < 0) {
                    throw new IllegalArgumentException("Invalid escape character at pos " + index);
                }
                expression.append(Pattern.quote(text.substring(index, index + 1)));
            } else if (next != '*') {
                expression.append(Pattern.quote(String.valueOf(next)));
            } else if (text.startsWith("**", index)) {
                throw new IllegalArgumentException("Consecutive wildcard characters at pos " + (index + 1));
            } else {
                expression.append(".*");
            }
        }
        return expression.toString();
    }

    static Pattern compile(String expression) {
        return Pattern.compile(expression, Pattern.DOTALL);
    }
}
