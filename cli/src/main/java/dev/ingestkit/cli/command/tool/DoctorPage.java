package dev.ingestkit.cli.command.tool;

import dev.ingestkit.cli.doctor.Check;
import dev.ingestkit.cli.output.Text;
import java.util.List;
import java.util.Locale;

/** Formats checks for people: one line each, with the fix below a check that did not pass. Nothing is cut. */
final class DoctorPage {

    private DoctorPage() {}

    static String of(List<Check> checks) {
        int width = checks.stream().mapToInt(check -> check.id().length()).max().orElse(0);
        StringBuilder page = new StringBuilder();
        for (Check check : checks) {
            String head = "%-4s  %s  ".formatted(status(check), padded(check.id(), width));
            page.append(head).append(Text.safe(check.message())).append('\n');
            if (!check.fix().isEmpty()) {
                page.append(" ".repeat(head.length()))
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
