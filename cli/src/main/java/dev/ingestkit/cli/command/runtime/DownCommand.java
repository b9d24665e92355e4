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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends embedded runtimes. */
@Command(
        name = "down",
        description = "Ends the embedded runtime that is up.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ended", "4:none is up, several are and none was named, or one does not end"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli down", "  ingest-cli down --port 4577", "  ingest-cli down --all"})
public final class DownCommand implements Runnable {

    // The first runtime after a build writes its class archive when it ends; on a busy machine that takes long.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Column> COLUMNS =
            List.of(Column.of("ENDPOINT", "endpoint"), Column.of("STACK", "stack"), Column.number("PID", "pid"));

    private final CliContext context;

    @Option(names = "--port", paramLabel = "PORT", description = "The one on this port.")
    @Nullable
    Integer port;

    @Option(names = "--all", description = "All of this user.")
    boolean all;

    public DownCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** What was ended. */
    record Ended(String endpoint, String stack, long pid) {}

    @Override
    public void run() {
        List<RunningRuntimes.Entry> chosen = choose(context.runtimes().all());
        try (Output.Records ended = context.output().list(COLUMNS)) {
            for (RunningRuntimes.Entry entry : chosen) {
                end(entry);
                ended.add(new Ended(entry.endpoint().toString(), entry.stack(), entry.pid()));
            }
        }
    }

    private List<RunningRuntimes.Entry> choose(List<RunningRuntimes.Entry> up) {
        List<RunningRuntimes.Entry> chosen = port == null
                ? up
                : up.stream().filter(entry -> entry.port() == port).toList();
        if (chosen.isEmpty() && !all) {
            throw new CliException(
                    "NOTHING_RUNS",
                    ExitCode.ENVIRONMENT,
                    port == null ? "no embedded runtime is up" : "no embedded runtime is up on port " + port);
        }
        if (chosen.size() > 1 && !all) {
            throw new CliException(
                            "SEVERAL_RUNTIMES", ExitCode.ENVIRONMENT, chosen.size() + " embedded runtimes are up")
                    .hint("name one: --port " + chosen.get(0).port())
                    .hint("or end them all: --all");
        }
        return chosen;
    }

    private void end(RunningRuntimes.Entry entry) {
        new ControlClient(entry.endpoint()).shutdown();
        ProcessHandle process = ProcessHandle.of(entry.pid()).orElse(null);
        if (process != null && !Waiting.until(() -> !process.isAlive(), PATIENCE)) {
            throw new CliException(
                            "STILL_UP",
                            ExitCode.TIMEOUT,
                            "the runtime on port %d has not ended within %d s"
                                    .formatted(entry.port(), PATIENCE.toSeconds()))
                    .hint("end process %d yourself".formatted(entry.pid()));
        }
        context.runtimes().remove(entry.port());
        context.output().detail("ended %s (stack %s)".formatted(entry.endpoint(), entry.stack()));
    }
}
