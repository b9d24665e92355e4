package dev.ingestkit.cli.command.dlq;

import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Asks before an action that cannot be undone: on AWS for the resource's name, elsewhere for a yes. */
public final class Confirmation {

    private static final Set<String> YES = Set.of("y", "yes");

    private Confirmation() {}

    /** Asks on AWS only; elsewhere the command line itself is consent enough. */
    public static void onAws(CliContext context, ConfirmOptions given, Target target, String action, String name) {
        if (target.kind() == Target.Kind.AWS) {
            everywhere(context, given, target, action, name);
        }
    }

    /**
     * Asks on every target. Fails at once without a terminal, where nobody can answer.
     *
     * @param action the action that is about to happen
     * @param name the name that must be typed on AWS
     */
    static void everywhere(CliContext context, ConfirmOptions given, Target target, String action, String name) {
        if (given.given()) {
            return;
        }
        if (!context.environment().terminal().stdin()) {
            throw new CliException("CONFIRMATION_NEEDED", ExitCode.CONFIRMATION, action + ": requires confirmation")
                    .hint("standard input is not a terminal: add --yes");
        }
        boolean byName = target.kind() == Target.Kind.AWS;
        ask(
                context.environment().err(),
                byName ? action + ". Type '" + name + "' to continue: " : action + ". Continue? [y/N] ");
        String answer = line(context);
        if (byName ? !name.equals(answer) : !YES.contains(answer.toLowerCase(Locale.ROOT))) {
            throw new CliException("NOT_CONFIRMED", ExitCode.CONFIRMATION, "not confirmed; nothing was changed");
        }
    }

    private static void ask(PrintStream err, String question) {
        err.print(Text.safe(question));
        err.flush();
    }

    private static String line(CliContext context) {
        try {
            String line = new BufferedReader(
                            new InputStreamReader(context.environment().in(), StandardCharsets.UTF_8))
                    .readLine();
            return line == null ? "" : line.strip();
        } catch (IOException failed) {
            throw new CliException("NOT_CONFIRMED", ExitCode.CONFIRMATION, "the answer cannot be read")
                    .because(String.valueOf(failed.getMessage()), failed);
        }
    }
}
