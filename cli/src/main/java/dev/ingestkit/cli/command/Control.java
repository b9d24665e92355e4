package dev.ingestkit.cli.command;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;

/** What only an embedded runtime has: journal, faults, its own status. */
public final class Control {

    private Control() {}

    /**
     * The control API at a target.
     *
     * @throws CliException when the target is no embedded runtime
     */
    public static ControlClient at(Target target) {
        if (target.kind() != Target.Kind.EMBEDDED || target.endpoint().isEmpty()) {
            throw new CliException(
                            "NO_EMBEDDED_RUNTIME",
                            ExitCode.ENVIRONMENT,
                            "%s is no embedded runtime: it keeps no journal and takes no faults"
                                    .formatted(target.describe()))
                    .hint("start one: ingest-cli up --detach");
        }
        return new ControlClient(target.endpoint().get());
    }
}
