package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes text safe for a screen. Payloads may be hostile: a raw escape sequence would reprogram the terminal. */
public final class Text {

    private static final int REPLACEMENT = '\uFFFD';
    /** A word, or a call of this tool with its arguments. */
    private static final Pattern WORD =
            Pattern.compile("\\S*\\bingest-cli(?= [a-z-])(?: (?:'[^']*'|\"[^\"]*\"|[^\\s,;()])+)+[,;)]?|\\S+");

    private Text() {}

    /** Returns a field's value on one line, with control characters made visible. */
    static String cell(JsonNode record, String path) {
        JsonNode node = record;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            node = node.path(name);
        }
        if (node.isMissingNode() || node.isNull()) {
            return "-";
        }
        return safe(node.isValueNode() ? node.asText() : node.toString());
    }

    /** Returns a number with its noun: {@code 1 record}, {@code 1,200 records}. */
    public static String counted(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }

    /**
     * Returns the text without control characters: line ends and tabs become blanks, others a replacement character.
     */
    public static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == '\n' || point == '\r' || point == '\t') {
                safe.append(' ');
            } else {
                safe.appendCodePoint(harmful(point) ? REPLACEMENT : point);
            }
        });
        return safe.toString();
    }

    /**
     * Returns text of several lines for a terminal: control characters other than line ends and tabs are replaced by
     * their JSON escape or by a replacement character.
     *
     * @param json whether the text is JSON, where an escape means the same as the character
     */
    static String forScreen(String text, boolean json) {
        if (text.codePoints().noneMatch(Text::notForScreen)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (!notForScreen(point)) {
                safe.appendCodePoint(point);
            } else if (json) {
                safe.append(String.format(Locale.ROOT, "\\u%04X", point));
            } else {
                safe.appendCodePoint(REPLACEMENT);
            }
        });
        return safe.toString();
    }

    private static boolean notForScreen(int point) {
        return point != '\n' && point != '\t' && harmful(point);
    }

    /** Returns whether a character is C0, DEL, C1 or a mark that changes the direction of text. */
    private static boolean harmful(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x200E
                || point == 0x200F
                || point == 0x061C
                || point == 0x2028
                || point == 0x2029;
    }

    /**
     * Returns the columns of a text on a screen; wide East Asian characters and emoji take two, combining marks none.
     */
    static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = (point >= 0x1100 && point <= 0x115F)
                || (point >= 0x2E80 && point <= 0xA4CF)
                || (point >= 0xAC00 && point <= 0xD7A3)
                || (point >= 0xF900 && point <= 0xFAFF)
                || (point >= 0xFE30 && point <= 0xFE6F)
                || (point >= 0xFF00 && point <= 0xFF60)
                || (point >= 0xFFE0 && point <= 0xFFE6)
                || (point >= 0x1F300 && point <= 0x1FAFF)
                || (point >= 0x20000 && point <= 0x3FFFD);
        return wide ? 2 : 1;
    }

    /**
     * Breaks text into lines at blanks, with nothing cut; later lines are indented. A word wider than the line and a call
     * of this tool stay whole, so that they can be copied.
     */
    public static String wrapped(String text, int columns, String indent) {
        if (width(text) <= columns) {
            return text;
        }
        StringBuilder lines = new StringBuilder();
        Matcher word = WORD.matcher(text);
        int used = 0;
        int end = 0;
        while (word.find()) {
            String gap = text.substring(end, word.start());
            end = word.end();
            int needed = width(gap) + width(word.group());
            if (used > 0 && used + needed > columns) {
                lines.append('\n').append(indent).append(word.group());
                used = width(indent) + width(word.group());
            } else {
                lines.append(gap).append(word.group());
                used += needed;
            }
        }
        return lines.toString();
    }

    /** Cuts text to a number of columns, with a mark at the cut. */
    static String cut(String text, int columns, boolean unicode) {
        if (width(text) <= columns) {
            return text;
        }
        String sign = unicode ? "…" : "~";
        StringBuilder kept = new StringBuilder();
        int used = 0;
        for (int point : text.codePoints().toArray()) {
            if (used + width(point) > columns - 1) {
                break;
            }
            used += width(point);
            kept.appendCodePoint(point);
        }
        return kept.append(sign).toString();
    }
}
