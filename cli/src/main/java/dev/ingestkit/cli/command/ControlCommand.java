package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A command that calls the control API of an embedded runtime, which target options choose. Used by one thread. */
@Command
public abstract class ControlCommand implements Runnable {

    private final CliContext context;

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    protected ControlCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    protected final CliContext context() {
        return context;
    }

    /**
     * Returns the control API of the chosen target.
     *
     * @throws dev.ingestkit.cli.output.CliException when the target is not an embedded runtime
     */
    protected final ControlClient control() {
        return Control.at(context.target(targetOptions.request()));
    }
}
