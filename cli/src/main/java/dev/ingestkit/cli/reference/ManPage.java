package dev.ingestkit.cli.reference;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** Writes one command as a manual page, in the portable man(7) macros. */
final class ManPage {

    /** The release that each page names; the date is the build's, which is the same for the same sources. */
    record Release(String version, LocalDate date) {}

    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /** Returns the page's file name: {@code ingest-cli-dlq-list.1}. */
    static String fileName(CommandPage command) {
        return command.name().replace(' ', '-') + ".1";
    }

    /**
     * Returns the page.
     *
     * @param shared the options of every command
     * @param release the tool's release
     */
    static String of(CommandPage command, List<CommandPage.Entry> shared, Release release) {
        ManPage writer = new ManPage();
        String title = command.name().replace(' ', '-');
        writer.line(".TH \"%s\" 1 \"%s\" \"Ingest Kit %s\" \"Ingest Kit\""
                .formatted(escaped(title.toUpperCase(Locale.ROOT)), release.date(), escaped(release.version())));
        writer.line(".SH NAME").line(escaped(title + " - " + command.summary()));
        writer.line(".SH SYNOPSIS")
                .line(".nf")
                .line(escaped(command.synopsis()))
                .line(".fi");
        writer.line(".SH DESCRIPTION");
        writer.line(command.purpose().stream().map(ManPage::escaped).collect(joining("\n.br\n")));
        if (!command.examples().isEmpty()) {
            writer.line(".SH EXAMPLES").line(".nf");
            command.examples().forEach(example -> writer.line(escaped(example)));
            writer.line(".fi");
        }
        writer.section("COMMANDS", command.commands());
        writer.section("ARGUMENTS", command.arguments());
        writer.section("OPTIONS", command.options());
        writer.section("OPTIONS OF EVERY COMMAND", shared);
        writer.section("EXIT STATUS", command.exitCodes());
        return writer.page.toString();
    }

    private void section(String title, List<CommandPage.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        line(".SH \"" + title + "\"");
        for (CommandPage.Entry entry : entries) {
            line(".TP").line("\\fB" + escaped(entry.term()) + "\\fR").line(escaped(entry.text()));
        }
    }

    private ManPage line(String text) {
        page.append(text).append('\n');
        return this;
    }

    /** Escapes backslashes, hyphens, dots and quotes at the start of a line, and characters outside ASCII. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-");
        return safe.lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .map(ManPage::ascii)
                .collect(joining("\n"));
    }

    private static String ascii(String text) {
        return text.codePoints()
                .mapToObj(point -> point < 0x80 ? Character.toString(point) : "\\[u%04X]".formatted(point))
                .collect(joining());
    }
}
