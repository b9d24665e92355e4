package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the console of an embedded runtime in a browser. */
@Command(
        name = "console",
        description = {
            "Opens the console of the running embedded runtime in a browser, and prints its URL.",
            "The console shows the stack with live rates, events and dead letters, and acts on them."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli console", "  ingest-cli console --print"})
public final class ConsoleCommand implements Runnable {

    /** The path of the console on a runtime's port. */
    static final String PATH = "/_ingest/console/";

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--print", description = "Prints the URL without opening a browser.")
    boolean print;

    public ConsoleCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        URI console = console(context.target(targetOptions.request()));
        context.output().text(console + "\n");
        if (!print && context.environment().terminal().stdout()) {
            open(console);
        }
    }

    private static URI console(Target target) {
        if (target.kind() != Target.Kind.EMBEDDED || target.endpoint().isEmpty()) {
            throw new CliException(
                            "NO_EMBEDDED_RUNTIME",
                            ExitCode.ENVIRONMENT,
                            "%s is not an embedded runtime, so it has no console".formatted(target.describe()))
                    .hint("attach a runtime to its data: ingest-cli up --attach URL")
                    .hint("or use the commands that work there: status, dlq, inspect, verify");
        }
        return target.endpoint().get().resolve(PATH);
    }

    private void open(URI console) {
        try {
            new ProcessBuilder(opener(console.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            context.output().note("no browser could be opened: open the URL yourself");
        }
    }

    private static List<String> opener(String url) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return List.of("open", url);
        }
        return system.startsWith("windows")
                ? List.of("rundll32", "url.dll,FileProtocolHandler", url)
                : List.of("xdg-open", url);
    }
}
