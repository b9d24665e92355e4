package dev.ingestkit.cli.context;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsAccount;
import dev.ingestkit.cli.aws.HttpEndpointProbe;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.aws.TargetRequest;
import dev.ingestkit.cli.aws.TargetResolver;
import dev.ingestkit.cli.config.Settings;
import dev.ingestkit.cli.option.OutputOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ErrorReport;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The context of one run of the tool: environment, settings, output and target. Not thread-safe. */
public final class CliContext {

    private final CliEnvironment environment;
    private final OutputOptions options;
    private final List<String> arguments;
    private final Program program;
    private @Nullable Settings settings;
    private @Nullable CliEnvironment configured;
    private @Nullable Output output;

    /**
     * Creates the context of one run.
     *
     * @param options the output options of the root command, parsed by the time a command runs
     * @param arguments the command line as it was given
     */
    public CliContext(CliEnvironment environment, OutputOptions options, List<String> arguments, Program program) {
        this.environment = requireNonNull(environment, "environment");
        this.options = requireNonNull(options, "options");
        this.arguments = List.copyOf(arguments);
        this.program = requireNonNull(program, "program");
    }

    /** Returns the environment, its variables completed from the configuration files. */
    public CliEnvironment environment() {
        CliEnvironment made = configured;
        if (made == null) {
            made = environment.withVariables(settings().variables());
            configured = made;
        }
        return made;
    }

    /** Returns the settings from variables and configuration files, read on first use. */
    public Settings settings() {
        Settings read = settings;
        if (read == null) {
            read = Settings.of(environment.variables(), environment.workingDirectory());
            settings = read;
        }
        return read;
    }

    /** Returns the command line as it was given. */
    public List<String> arguments() {
        return arguments;
    }

    /** Returns the output, created on first use, when the options have been parsed. */
    public Output output() {
        Output made = output;
        if (made == null) {
            made = new Output(
                    environment.out(),
                    environment.err(),
                    options.apply(environment.terminal(), settings()),
                    options.settings(settings()),
                    environment.clock());
            output = made;
        }
        return made;
    }

    /** Returns the error report; it works even when the settings cannot be read. */
    public ErrorReport errors() {
        return new ErrorReport(environment.err(), environment.terminal(), settingsForErrors());
    }

    private OutputSettings settingsForErrors() {
        try {
            return options.settingsForErrors(settings());
        } catch (CliException wrong) {
            // The command reports this failure itself, or has reported another one first.
            return options.settingsForErrors();
        }
    }

    /** Returns the complete command tree, for commands that describe it. */
    public CommandLine commands() {
        return program.commands(this);
    }

    /** Returns the class whose {@code main} method starts the tool. */
    public Class<?> mainClass() {
        return program.mainClass();
    }

    /** Returns the registry of the runtimes that run on this machine. */
    public RunningRuntimes runtimes() {
        return RunningRuntimes.of(environment().variables());
    }

    /**
     * Resolves the target, and names it on standard error unless it is an embedded runtime.
     *
     * @throws CliException when no target is found, or when AWS accepts no available credentials
     */
    public Target target(TargetRequest request) {
        return announced(resolver().resolve(request).withOrigin(settings()::origin));
    }

    /** Resolves a running LocalStack, even beside an embedded runtime, and names it on standard error. */
    public Target localStack(TargetRequest request) {
        return announced(resolver().localStack(request));
    }

    private TargetResolver resolver() {
        return new TargetResolver(environment().variables(), runtimes(), new HttpEndpointProbe());
    }

    private Target announced(Target target) {
        switch (target.kind()) {
            case AWS ->
                output().note("target: %s (by %s)".formatted(target.describe(AwsAccount.of(target)), target.origin()));
            case LOCALSTACK, OTHER -> output().note("target: %s (by %s)".formatted(target.describe(), target.origin()));
            case EMBEDDED -> output().detail("target: %s (by %s)".formatted(target.describe(), target.origin()));
        }
        return target;
    }
}
