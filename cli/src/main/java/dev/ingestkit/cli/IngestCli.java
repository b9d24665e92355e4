package dev.ingestkit.cli;

import dev.ingestkit.cli.command.VersionCommand;
import dev.ingestkit.cli.option.OutputOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.ReaderGoneException;
import dev.ingestkit.cli.target.SdkFailures;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command tree, and the one way in for the launcher and the tests. */
@Command(
        name = "ingest-cli",
        description = "Runs, feeds and operates an event ingestion pipeline: embedded, on LocalStack, or on AWS.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class)
public final class IngestCli implements Runnable {

    private static final String COLOR = "--color";

    @Mixin
    OutputOptions options = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    CommandSpec spec;

    /**
     * Runs one command line to its end.
     *
     * @return the process's exit code
     */
    public static int run(CliEnvironment environment, String... arguments) {
        IngestCli root = new IngestCli();
        CliContext context = new CliContext(environment, root.options, List.of(arguments));
        CommandLine line = new CommandLine(root);
        Catalogue.addTo(line, new ContextFactory(context), List.of(arguments));
        HelpLayout.apply(line);
        line.setExpandAtFiles(false) // an argument like @order.json is a payload, not a file of options
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(environment.out()))
                .setErr(writer(environment.err()))
                .setUsageHelpWidth(
                        Math.min(120, Math.max(60, environment.terminal().width())))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        isHelpColoured(environment, arguments) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(new Refusals(context))
                .setExecutionExceptionHandler(new Failures(context));
        int exit = line.execute(arguments);
        environment.out().flush();
        environment.err().flush();
        return exit;
    }

    /** Help is printed before any option has its value, so {@code --color} is looked for in the words themselves. */
    private static boolean isHelpColoured(CliEnvironment environment, String... arguments) {
        String when = environment.variables().getOrDefault("INGEST_COLOR", "");
        for (int place = 0; place < arguments.length; place++) {
            if (arguments[place].startsWith(COLOR + "=")) {
                when = arguments[place].substring(COLOR.length() + 1);
            } else if (arguments[place].equals(COLOR) && place + 1 < arguments.length) {
                when = arguments[place + 1];
            }
        }
        return when.equalsIgnoreCase("always") || (environment.terminal().color() && !when.equalsIgnoreCase("never"));
    }

    /** All commands in full, for what is written from them: reference pages, man pages, completion. */
    public static CommandLine commands(CliEnvironment environment) {
        return tree(new CliContext(environment, new OutputOptions(), List.of()));
    }

    /** The whole tree, every command's class loaded. */
    static CommandLine tree(CliContext context) {
        CommandLine line = new CommandLine(new IngestCli());
        Catalogue.addAllTo(line, new ContextFactory(context));
        HelpLayout.apply(line);
        return line.setUsageHelpWidth(
                Math.min(120, Math.max(60, context.environment().terminal().width())));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Makes commands with the context, and everything else as picocli does. */
    private record ContextFactory(CliContext context) implements IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == CliContext.class) {
                    return type.cast(constructor.newInstance(context));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /**
     * What cannot be understood is an error like any other: its cause, then what may have been meant. This and the next
     * are classes by name, since an archive of class data takes no lambda that picocli's old interfaces are the type of.
     */
    private record Refusals(CliContext context) implements IParameterExceptionHandler {

        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            CliException failure = new CliException("WRONG_USAGE", ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            if (wrong instanceof UnmatchedArgumentException unmatched) {
                for (String near : unmatched.getSuggestions()) {
                    failure = failure.hint("did you mean: " + near);
                }
            }
            failure = failure.hint(
                    "see " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            context.errors().print(failure);
            return ExitCode.USAGE.status();
        }
    }

    /** Prints what a command has thrown, and tells the exit code. */
    private record Failures(CliContext context) implements IExecutionExceptionHandler {

        @Override
        public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
            if (thrown instanceof ReaderGoneException) {
                return ExitCode.DONE.status();
            }
            Optional<CliException> known =
                    thrown instanceof CliException failure ? Optional.of(failure) : SdkFailures.of(thrown);
            if (known.isPresent()) {
                context.errors().print(known.get());
                return known.get().exit().status();
            }
            context.errors().printFault(thrown);
            return ExitCode.FAILED.status();
        }
    }
}
