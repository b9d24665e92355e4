package dev.ingestkit.cli.output;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * What the three streams lead to and what may be shown there. Decided once, at start.
 *
 * @param stdin true when a person types
 * @param stdout true when a person reads
 * @param stderr true when a person reads
 * @param width columns, for tables on a terminal
 * @param color whether escape sequences for colour may be written to standard output
 * @param unicode whether signs outside ASCII can be shown
 */
public record Terminal(boolean stdin, boolean stdout, boolean stderr, int width, boolean color, boolean unicode) {

    private static final int DEFAULT_WIDTH = 100;

    /** Nobody watches: no colour, no progress line, nothing cut. */
    public static Terminal none() {
        return new Terminal(false, false, false, DEFAULT_WIDTH, false, true);
    }

    /**
     * Reads the environment. The launcher tests the three streams and passes {@code INGEST_TTY} with a digit for each,
     * since {@code System.console()} knows no single stream; without it nobody is taken to watch.
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

    private static boolean digit(String text, int place) {
        return text.length() > place && text.charAt(place) == '1';
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

    /** The same with colour decided by the user. */
    public Terminal withColor(boolean value) {
        return new Terminal(stdin, stdout, stderr, width, value, unicode);
    }
}
