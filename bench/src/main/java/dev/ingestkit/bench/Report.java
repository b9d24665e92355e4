package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The figures of a program: a table on standard output, then one JSON line for other programs. The JSON line
 * contains the machine's load during the run. Not thread-safe.
 */
final class Report {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final PrintStream out;

    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a program whose output is its purpose
    Report(String program) {
        this.out = System.out;
        json.put("program", program);
        json.put("java", Runtime.version().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("loadBefore", load());
        out.println(program);
    }

    /** Adds an integer figure. */
    void count(String name, long value) {
        json.put(name, value);
        row(name, Long.toString(value));
    }

    /** Adds a figure with up to three decimals; the name contains its unit. */
    void figure(String name, double value) {
        json.put(name, rounded(value));
        row(name, String.format(Locale.ROOT, "%,.2f", value));
    }

    /**
     * Adds a figure of two programs side by side.
     *
     * @param times how many times better the first one is
     * @param bar the required minimum of that ratio; empty for none
     */
    void beside(String name, double first, double second, double times, String bar) {
        json.putObject(name)
                .put("first", rounded(first))
                .put("second", rounded(second))
                .put("times", rounded(times));
        out.println(String.format(Locale.ROOT, "  %-32s %14.2f %14.2f %14.1f   %s", name, first, second, times, bar));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** Adds a line to the table only. */
    void note(String text) {
        out.println("  " + text);
    }

    private void row(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-44s %14s", name, value));
    }

    /** Prints the JSON line. */
    void end() {
        json.put("loadAfter", load());
        out.println(json);
    }

    /** Returns the load average of the last minute, or "unknown" where the system does not report it. */
    private static String load() {
        Path file = Path.of("/proc/loadavg");
        if (!Files.isReadable(file)) {
            return "unknown";
        }
        try {
            return Files.readString(file).split(" ", -1)[0];
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
