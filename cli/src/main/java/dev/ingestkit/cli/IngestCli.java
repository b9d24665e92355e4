package dev.ingestkit.cli;

import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.command.tool.VersionCommand;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.context.CliEnvironment;
import dev.ingestkit.cli.context.Program;
import dev.ingestkit.cli.option.OutputOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.ReaderGoneException;
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

/** The root of the command tree, and the single entry point for the launcher and the tests. */
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
     * Runs one command line to completion.
     *
     * @return the process's exit code
     */
    public static int run(CliEnvironment environment, String... arguments) {
        IngestCli root = new IngestCli();
        CliContext context = new CliContext(environment, root.options, List.of(arguments), new Tool());
        CommandLine line = new CommandLine(root);
        CommandCatalog.addTo(line, new ContextFactory(context), List.of(arguments));
        HelpLayout.apply(line);
        line.setExpandAtFiles(false) // an argument like @order.json is a payload, not a file of options
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(environment.out()))
                .setErr(writer(environment.err()))
                .setUsageHelpWidth(
                        Math.min(120, Math.max(60, environment.terminal().width())))
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        isHelpColored(environment, arguments) ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler(new UsageErrorHandler(context))
                .setExecutionExceptionHandler(new ExecutionErrorHandler(context));
        int exit = line.execute(arguments);
        environment.out().flush();
        environment.err().flush();
        return exit;
    }

    /** Help is printed before any option has its value, so {@code --color} is read from the words themselves. */
    private static boolean isHelpColored(CliEnvironment environment, String... arguments) {
        String when = environment.variables().getOrDefault("INGEST_COLOR", "");
        for (int index = 0; index < arguments.length; index++) {
            if (arguments[index].startsWith(COLOR + "=")) {
                when = arguments[index].substring(COLOR.length() + 1);
            } else if (arguments[index].equals(COLOR) && index + 1 < arguments.length) {
                when = arguments[index + 1];
            }
        }
        return when.equalsIgnoreCase("always") || (environment.terminal().color() && !when.equalsIgnoreCase("never"));
    }

    /** Returns the complete command tree, as the reference pages, man pages and completion need it. */
    public static CommandLine commands(CliEnvironment environment) {
        return new Tool().commands(new CliContext(environment, new OutputOptions(), List.of(), new Tool()));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** The program as commands see it. */
    private record Tool() implements Program {

        @Override
        public Class<?> mainClass() {
            return Main.class;
        }

        @Override
        public CommandLine commands(CliContext context) {
            CommandLine line = new CommandLine(new IngestCli());
            CommandCatalog.addAllTo(line, new ContextFactory(context));
            HelpLayout.apply(line);
            return line.setUsageHelpWidth(
                    Math.min(120, Math.max(60, context.environment().terminal().width())));
        }
    }

    /** Creates commands with the context, and everything else by picocli's default factory. */
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
     * Reports a usage error like any other error, with near names as hints. This handler and the next are named
     * classes, because a class data archive holds no lambda whose type is one of picocli's old interfaces.
     */
    private record UsageErrorHandler(CliContext context) implements IParameterExceptionHandler {

        @Override
        public int handleParseException(ParameterException wrong, String[] arguments) {
            CliException failure = new CliException("WRONG_USAGE", ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            if (wrong instanceof UnmatchedArgumentException unmatched) {
                Optional<String> port = port(unmatched.getUnmatched());
                if (port.isPresent() && wrong.getCommandLine().getCommandSpec().findOption("--endpoint-url") != null) {
                    failure = failure.hint(
                            "name a runtime by its address: --endpoint-url http://localhost:" + port.get());
                }
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

    /** Returns the value of {@code --port} among words that a command does not know. */
    private static Optional<String> port(List<String> unmatched) {
        int option = unmatched.indexOf("--port");
        return option >= 0 && option + 1 < unmatched.size()
                ? Optional.of(unmatched.get(option + 1))
                : unmatched.stream()
                        .filter(word -> word.startsWith("--port="))
                        .map(word -> word.substring("--port=".length()))
                        .findFirst();
    }

    /** Reports what a command has thrown, and returns the exit code. */
    private record ExecutionErrorHandler(CliContext context) implements IExecutionExceptionHandler {

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
