package dev.ingestkit.cli.command;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;

/** Access to the control API, which only an embedded runtime has: journal, faults, status. */
public final class Control {

    private Control() {}

    /**
     * Returns the control API of a target.
     *
     * @throws CliException when the target is not an embedded runtime
     */
    public static ControlClient at(Target target) {
        if (target.kind() != Target.Kind.EMBEDDED || target.endpoint().isEmpty()) {
            throw new CliException(
                            "NO_EMBEDDED_RUNTIME",
                            ExitCode.ENVIRONMENT,
                            "%s is not an embedded runtime, so it has no journal and supports no faults"
                                    .formatted(target.describe()))
                    .hint("start one: ingest-cli up --detach");
        }
        return new ControlClient(target.endpoint().get());
    }
}
