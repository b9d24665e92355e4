package dev.ingestkit.cli.command;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks before what cannot be undone. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Has the user type a name. Without a terminal nobody can, and it fails at once rather than hang.
     *
     * @param what is about to happen
     * @param name what must be typed
     */
    static void typed(CliContext context, String what, String name) {
        if (!context.environment().terminal().stdin()) {
            throw new CliException("CONFIRMATION_NEEDED", ExitCode.CONFIRMATION, what + " needs a confirmation")
                    .hint("nobody can be asked here: add --yes");
        }
        context.environment().err().print(what + ". Type '" + name + "' to go on: ");
        context.environment().err().flush();
        if (!name.equals(line(context))) {
            throw new CliException("NOT_CONFIRMED", ExitCode.CONFIRMATION, "not confirmed; nothing was changed");
        }
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
