package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.option.OutputOptions;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.target.AwsAccount;
import dev.ingestkit.cli.target.HttpEndpointProbe;
import dev.ingestkit.cli.target.RunningRuntimes;
import dev.ingestkit.cli.target.Target;
import dev.ingestkit.cli.target.TargetRequest;
import dev.ingestkit.cli.target.TargetResolver;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** What every command is given: the outside world, where to print, how to find the target. One for each run. */
public final class CliContext {

    private final CliEnvironment environment;
    private final OutputOptions options;
    private final List<String> arguments;
    private @Nullable Output output;

    CliContext(CliEnvironment environment, OutputOptions options, List<String> arguments) {
        this.environment = requireNonNull(environment, "environment");
        this.options = requireNonNull(options, "options");
        this.arguments = List.copyOf(arguments);
    }

    public CliEnvironment environment() {
        return environment;
    }

    /** The command line as it was given. */
    public List<String> arguments() {
        return arguments;
    }

    /** The output, made on first use: the options are parsed by then. */
    public Output output() {
        Output made = output;
        if (made == null) {
            made = new Output(
                    environment.out(), environment.err(), options.apply(environment.terminal()), options.settings());
            output = made;
        }
        return made;
    }

    /** All commands in full, for what shows the whole tree. */
    public CommandLine commands() {
        return IngestCli.tree(this);
    }

    public RunningRuntimes runtimes() {
        return RunningRuntimes.of(environment.variables());
    }

    /**
     * Finds the target and says on standard error what was chosen, when it is AWS or when it was not obvious.
     *
     * @throws dev.ingestkit.cli.output.CliException also when it is AWS and there are no credentials that it takes
     */
    public Target target(TargetRequest request) {
        return told(resolver().resolve(request));
    }

    /** Finds the LocalStack that runs, also beside an embedded runtime, and says which. */
    public Target localStack(TargetRequest request) {
        return told(resolver().localStack(request));
    }

    private TargetResolver resolver() {
        return new TargetResolver(environment.variables(), runtimes(), new HttpEndpointProbe());
    }

    private Target told(Target target) {
        switch (target.kind()) {
            case AWS ->
                output().note("target: %s (by %s)".formatted(target.describe(AwsAccount.of(target)), target.origin()));
            case LOCALSTACK, OTHER -> output().note("target: %s (by %s)".formatted(target.describe(), target.origin()));
            case EMBEDDED -> output().detail("target: %s (by %s)".formatted(target.describe(), target.origin()));
        }
        return target;
    }
}
