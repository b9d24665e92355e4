package dev.ingestkit.cli.command.tool;

import dev.ingestkit.cli.doctor.Check;
import dev.ingestkit.cli.output.Text;
import java.util.List;
import java.util.Locale;

/**
 * Formats checks for people: one line each, with the fix below a check that did not pass. Nothing is cut; fixes are not
 * wrapped, since most of them are command lines to copy.
 */
final class DoctorPage {

    private DoctorPage() {}

    /** @param columns the width beyond which lines are wrapped */
    static String of(List<Check> checks, int columns) {
        int width = checks.stream().mapToInt(check -> check.id().length()).max().orElse(0);
        StringBuilder page = new StringBuilder();
        for (Check check : checks) {
            String head = "%-4s  %s  ".formatted(status(check), padded(check.id(), width));
            String indent = " ".repeat(head.length());
            page.append(Text.wrapped(head + Text.safe(check.message()), columns, indent))
                    .append('\n');
            if (!check.fix().isEmpty()) {
                page.append(indent)
                        .append("fix: ")
                        .append(Text.safe(check.fix()))
                        .append('\n');
            }
        }
        return page.toString();
    }

    /** Returns the status, in upper case for a failure. */
    private static String status(Check check) {
        String status = check.status().name();
        return check.status() == Check.Status.FAIL ? status : status.toLowerCase(Locale.ROOT);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
