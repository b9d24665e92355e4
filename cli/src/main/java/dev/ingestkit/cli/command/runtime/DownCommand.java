package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.OutputSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops embedded runtimes. */
@Command(
        name = "down",
        description = "Stops the running embedded runtime.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped", "4:none is running, several are running and none was named, or one does not stop"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli down", "  ingest-cli down --port 4577", "  ingest-cli down --all"})
public final class DownCommand implements Runnable {

    // The first runtime after a build writes its class archive when it stops, which is slow on a busy machine.
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final List<Column> COLUMNS =
            List.of(Column.of("ENDPOINT", "endpoint"), Column.of("STACK", "stack"), Column.number("PID", "pid"));

    private final CliContext context;

    @Option(names = "--port", paramLabel = "PORT", description = "Stops the runtime on this port.")
    @Nullable
    Integer port;

    @Option(names = "--all", description = "Stops all runtimes of this user.")
    boolean all;

    public DownCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** A stopped runtime; the components are its JSON form. */
    record Stopped(String endpoint, String stack, long pid) {}

    @Override
    public void run() {
        List<RunningRuntimes.Entry> chosen = choose(context.runtimes().all());
        OutputSettings settings = context.output().settings();
        if (settings.quiet() && settings.format() == OutputFormat.TABLE && settings.query() == null) {
            chosen.forEach(this::stop); // a script that asks for quiet wants no row either
            return;
        }
        try (Output.Records stopped = context.output().list(COLUMNS)) {
            for (RunningRuntimes.Entry entry : chosen) {
                stop(entry);
                stopped.add(new Stopped(entry.endpoint().toString(), entry.stack(), entry.pid()));
            }
        }
    }

    private List<RunningRuntimes.Entry> choose(List<RunningRuntimes.Entry> running) {
        List<RunningRuntimes.Entry> chosen = port == null
                ? running
                : running.stream().filter(entry -> entry.port() == port).toList();
        if (chosen.isEmpty() && !all) {
            throw new CliException(
                    "NOTHING_RUNS",
                    ExitCode.ENVIRONMENT,
                    port == null ? "no embedded runtime is running" : "no embedded runtime is running on port " + port);
        }
        if (chosen.size() > 1 && !all) {
            throw new CliException(
                            "SEVERAL_RUNTIMES", ExitCode.ENVIRONMENT, chosen.size() + " embedded runtimes are running")
                    .hint("name one: --port " + chosen.get(0).port())
                    .hint("or stop all of them: --all");
        }
        return chosen;
    }

    private void stop(RunningRuntimes.Entry entry) {
        new ControlClient(entry.endpoint()).shutdown();
        ProcessHandle process = ProcessHandle.of(entry.pid()).orElse(null);
        if (process != null && !Waiting.until(() -> !process.isAlive(), STOP_TIMEOUT)) {
            throw new CliException(
                            "STILL_UP",
                            ExitCode.TIMEOUT,
                            "the runtime on port %d did not stop within %d s"
                                    .formatted(entry.port(), STOP_TIMEOUT.toSeconds()))
                    .hint("stop it by hand: kill -9 %d".formatted(entry.pid()));
        }
        context.runtimes().remove(entry.port());
        context.output().detail("stopped %s (stack %s)".formatted(entry.endpoint(), entry.stack()));
    }
}
