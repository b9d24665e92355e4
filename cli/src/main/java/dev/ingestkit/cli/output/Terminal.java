package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * The terminal properties of the three standard streams, determined once at the start. Immutable.
 *
 * @param stdin whether standard input is a terminal
 * @param stdout whether standard output is a terminal
 * @param stderr whether standard error is a terminal
 * @param width the width in columns, for tables on a terminal
 * @param color whether color escape sequences may be written to standard output
 * @param unicode whether characters outside ASCII can be displayed
 */
public record Terminal(boolean stdin, boolean stdout, boolean stderr, int width, boolean color, boolean unicode) {

    private static final int DEFAULT_WIDTH = 100;

    /** Returns a terminal for pipes: no color, no progress line, nothing cut. */
    public static Terminal none() {
        return new Terminal(false, false, false, DEFAULT_WIDTH, false, true);
    }

    /**
     * Reads the environment. The launcher tests the three streams and passes {@code INGEST_TTY} with a digit for each,
     * because {@code System.console()} does not distinguish them; without it no stream counts as a terminal.
     */
    public static Terminal of(Map<String, String> environment, Charset native0) {
        requireNonNull(native0, "native0");
        String tty = environment.getOrDefault("INGEST_TTY", "000");
        boolean stdout = digit(tty, 1);
        return new Terminal(
                digit(tty, 0),
                stdout,
                digit(tty, 2),
                width(environment),
                color(environment, stdout),
                native0.equals(StandardCharsets.UTF_8));
    }

    private static boolean digit(String text, int index) {
        return text.length() > index && text.charAt(index) == '1';
    }

    private static int width(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }

    private static boolean color(Map<String, String> environment, boolean terminal) {
        String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("CLICOLOR", "1").equals("0")
                || environment.getOrDefault("TERM", "").toLowerCase(Locale.ROOT).equals("dumb");
        return terminal && !refused;
    }

    /** Returns a line for standard error, safe, and wrapped at words if that is a terminal. */
    String onErrors(String line, String indent) {
        String safe = Text.safe(line);
        return stderr ? Text.wrapped(safe, width, indent) : safe;
    }

    /** Returns a copy with color set by the user. */
    public Terminal withColor(boolean value) {
        return new Terminal(stdin, stdout, stderr, width, value, unicode);
    }
}
