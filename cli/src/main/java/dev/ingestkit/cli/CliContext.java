package dev.ingestkit.cli;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.config.Settings;
import dev.ingestkit.cli.option.OutputOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ErrorReport;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputSettings;
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
    private @Nullable Settings settings;
    private @Nullable CliEnvironment configured;
    private @Nullable Output output;

    CliContext(CliEnvironment environment, OutputOptions options, List<String> arguments) {
        this.environment = requireNonNull(environment, "environment");
        this.options = requireNonNull(options, "options");
        this.arguments = List.copyOf(arguments);
    }

    /** The outside world, its variables completed by what configuration files set. */
    public CliEnvironment environment() {
        CliEnvironment made = configured;
        if (made == null) {
            made = environment.withVariables(settings().variables());
            configured = made;
        }
        return made;
    }

    /** What variables and configuration files set, read on first use. */
    public Settings settings() {
        Settings read = settings;
        if (read == null) {
            read = Settings.of(environment.variables(), environment.workingDirectory());
            settings = read;
        }
        return read;
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
                    environment.out(),
                    environment.err(),
                    options.apply(environment.terminal(), settings()),
                    options.settings(settings()));
            output = made;
        }
        return made;
    }

    /** How to report an error: also the one that the settings themselves are wrong. */
    ErrorReport errors() {
        return new ErrorReport(environment.err(), settingsForErrors());
    }

    private OutputSettings settingsForErrors() {
        try {
            return options.settingsForErrors(settings());
        } catch (CliException wrong) {
            // It is reported itself, or hides behind what is.
            return options.settingsForErrors();
        }
    }

    /** All commands in full, for what shows the whole tree. */
    public CommandLine commands() {
        return IngestCli.tree(this);
    }

    public RunningRuntimes runtimes() {
        return RunningRuntimes.of(environment().variables());
    }

    /**
     * Finds the target and says on standard error what was chosen, when it is AWS or when it was not obvious.
     *
     * @throws dev.ingestkit.cli.output.CliException also when it is AWS and there are no credentials that it takes
     */
    public Target target(TargetRequest request) {
        return told(resolver().resolve(request).withOrigin(settings()::origin));
    }

    /** Finds the LocalStack that runs, also beside an embedded runtime, and says which. */
    public Target localStack(TargetRequest request) {
        return told(resolver().localStack(request));
    }

    private TargetResolver resolver() {
        return new TargetResolver(environment().variables(), runtimes(), new HttpEndpointProbe());
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
