package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.console.RemoteConsole;
import dev.ingestkit.cli.console.RemoteStack;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens the console of an embedded runtime, or serves one for a stack at another endpoint. */
@Command(
        name = "console",
        description = {
            "Opens the console of a stack in a browser, and prints its URL.",
            "An embedded runtime has a console of its own, with live rates, events and dead letters.",
            "For LocalStack and AWS, this command serves a console on this machine until Ctrl-C. It shows streams, tables, queues,"
                    + " dead letters, functions, and the names of secrets.",
            "On AWS it changes data only with --write. It never reads the value of a secret."
        },
        mixinStandardHelpOptions = true,
        exitCodeList = {"4:the port is in use, or the target or stack was not found", "130:stopped by Ctrl-C"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli console",
            "  ingest-cli console --print",
            "  ingest-cli console --endpoint-url http://localhost:4566 --port 4580",
            "  ingest-cli console --aws --stack orders"
        })
public final class ConsoleCommand implements Runnable {

    /** The path of the console on a runtime's port. */
    static final String PATH = "/_ingest/console/";

    private static final int DEFAULT_PORT = 4580;

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--print", description = "Prints the URL without opening a browser.")
    boolean print;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of a console that this command serves, 0 for any free port (default: 4580).")
    int port = DEFAULT_PORT;

    @Option(names = "--write", description = "Allows the console to change data on AWS.")
    boolean write;

    public ConsoleCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Target target = context.target(targetOptions.request());
        if (target.kind() == Target.Kind.EMBEDDED && target.endpoint().isPresent()) {
            shown(target.endpoint().get().resolve(PATH));
        } else {
            serve(target);
        }
    }

    private void serve(Target target) {
        int checked = UpCommand.checked(port);
        boolean writes = write || target.kind() != Target.Kind.AWS;
        try (AwsClients clients = new AwsClients(target)) {
            RemoteStack stack = new RemoteStack(clients, target.describe(), writes);
            // A missing stack or endpoint is an error of this command, not of a page.
            stack.status();
            CountDownLatch stopped = new CountDownLatch(1);
            try (Interruption interruption = new Interruption();
                    RemoteConsole console = new RemoteConsole(stack, clients.signedCalls(), writes);
                    HttpServer server =
                            UpCommand.launch(() -> HttpServer.start(HttpServerConfig.loopback(checked), console))) {
                interruption.stopBy(stopped::countDown);
                shown(URI.create("http://localhost:" + server.port() + PATH));
                context.output()
                        .note("serving %s%s; press Ctrl-C to stop"
                                .formatted(target.describe(), writes ? "" : ", read only"));
                await(stopped);
            }
        }
    }

    private static void await(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void shown(URI console) {
        context.output().text(console + "\n");
        if (!print && context.environment().terminal().stdout()) {
            open(console);
        }
    }

    private void open(URI console) {
        try {
            new ProcessBuilder(opener(console.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            context.output().note("cannot open a browser: open the URL yourself");
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
