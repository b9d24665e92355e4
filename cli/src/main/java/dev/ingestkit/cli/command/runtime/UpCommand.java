package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.command.EventLine;
import dev.ingestkit.cli.config.ConfigKey;
import dev.ingestkit.cli.config.Settings;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.StartException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts an embedded runtime, here or in the background. */
@Command(
        name = "up",
        description = "Starts the pipeline in one process, without Docker or an AWS account.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped by ingest-cli down; with --detach: running",
            "1:the template cannot be run",
            "4:the port is in use, or the machine lacks a requirement",
            "130:stopped by Ctrl-C"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli up",
            "  ingest-cli up --data ./data",
            "  ingest-cli up --detach --port 0 -o json",
            "  ingest-cli up --parameter ConflictPolicy=reject --fault dynamodb:throttle,rate=0.1",
            "  ingest-cli up --debug-port Writer=5005"
        })
public final class UpCommand implements Runnable {

    private final CliContext context;

    @Option(names = "--port", paramLabel = "PORT", description = "The port, 0 for any free port (default: 4566).")
    @Nullable
    Integer wantedPort;

    @Option(names = "--detach", description = "Returns when the runtime is ready; ingest-cli down stops it.")
    boolean detach;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keeps streams, positions, queues, secrets, tables and buckets in this directory (default: in"
                    + " memory).")
    @Nullable
    Path data;

    @Mixin
    UpOptions options = new UpOptions();

    public UpCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        int port = port();
        refuseSecond(context, port);
        if (detach) {
            RunningRuntimes.Entry entry = new DetachedStart(context).start(port, arguments());
            report(context, read(context.output(), names(), names -> RuntimeReport.afterLoading(entry, names)), began);
            return;
        }
        showFunctionLogs();
        try (LocalRuntime runtime = start(context, config(port))) {
            RunningRuntimes.Entry entry = RuntimeReport.entry(
                    runtime,
                    options.stack(context.environment()),
                    options.region(context.environment()),
                    started(began));
            Thread ending = new Thread(() -> stop(runtime, entry), "ingest-cli-end");
            context.runtimes().add(entry);
            Runtime.getRuntime().addShutdownHook(ending); // there is nothing to remove before
            runtime.dataChanges().forEach(change -> context.output().note("data: " + change));
            report(context, read(context.output(), names(), names -> RuntimeReport.of(entry, names)), began);
            showEvents(runtime);
        }
    }

    private LocalRuntimeConfig config(int port) {
        LocalRuntimeConfig config = options.config(context.environment(), port)
                .withSnapshots(snapshots(context, options.stack(context.environment())));
        boolean attached = config.attach().endpoint().isPresent();
        if (data != null && attached) {
            throw new CliException(
                            "DATA_WITH_ATTACH",
                            ExitCode.USAGE,
                            "--data: with --attach the data stays at the other endpoint, so there is nothing to keep")
                    .hint("leave out --data, or --attach");
        }
        String set = context.settings().get(ConfigKey.DATA).value();
        if (attached || (data == null && set.isEmpty())) {
            return config;
        }
        return config.withData(context.environment().workingDirectory().resolve(data != null ? data : Path.of(set)));
    }

    /** Returns the directory of a stack's snapshots, which runtimes in memory and with --data share. */
    static Path snapshots(CliContext context, String stack) {
        return context.runtimes().folder().resolve("snapshots").resolve(stack);
    }

    private int port() {
        Integer wanted = wantedPort;
        if (wanted != null) {
            return checked(wanted);
        }
        Settings.Setting set = context.settings().get(ConfigKey.PORT);
        if (!set.value().matches("\\d{1,5}") || Integer.parseInt(set.value()) > 65_535) {
            throw new CliException(
                    "INVALID_PORT",
                    ExitCode.USAGE,
                    "%s: '%s' is not a valid port (0 to 65535)".formatted(set.origin(), set.value()));
        }
        return Integer.parseInt(set.value());
    }

    /** Returns the port if it is valid; 0 stands for any free port. */
    static int checked(int port) {
        if (port < 0 || port > 65_535) {
            throw new CliException(
                    "INVALID_PORT", ExitCode.USAGE, "--port: '%d' is not a valid port (0 to 65535)".formatted(port));
        }
        return port;
    }

    /** Must run early: the logger reads its settings once, when the first class of the runtime is loaded. */
    private void showFunctionLogs() {
        if (!context.output().settings().quiet()) {
            System.setProperty("org.slf4j.simpleLogger.log.function", "info");
        }
    }

    private Instant started(long began) {
        return context.environment().clock().instant().minusNanos(System.nanoTime() - began);
    }

    private void stop(LocalRuntime runtime, RunningRuntimes.Entry entry) {
        context.runtimes().remove(entry.port());
        runtime.close();
    }

    static void refuseSecond(CliContext context, int port) {
        for (RunningRuntimes.Entry entry : context.runtimes().all()) {
            if (port != 0 && entry.port() == port) {
                throw new CliException(
                                "ALREADY_UP",
                                ExitCode.ENVIRONMENT,
                                "an embedded runtime is already running on port %d (stack %s, process %d)"
                                        .formatted(port, entry.stack(), entry.pid()))
                        .hint("use it, or stop it: ingest-cli down --port " + port)
                        .hint("or take another port: ingest-cli up --port 0");
            }
        }
    }

    static LocalRuntime start(CliContext context, LocalRuntimeConfig config) {
        LocalRuntime runtime = launch(() -> LocalRuntime.start(config));
        RuntimeArchive.markUsable(context);
        return runtime;
    }

    /** Starts a server of this process; an obstacle becomes the tool's error. */
    static <T> T launch(Supplier<T> start) {
        try {
            return start.get();
        } catch (StartException refused) {
            CliException failure = new CliException(
                    "CANNOT_START_" + refused.obstacle(),
                    refused.obstacle() == StartException.Obstacle.TEMPLATE ? ExitCode.FAILED : ExitCode.ENVIRONMENT,
                    String.valueOf(refused.getMessage()));
            for (String hint : refused.hints()) {
                failure = failure.hint(hint);
            }
            Throwable cause = refused.getCause();
            String reason = cause == null ? "" : String.valueOf(cause.getMessage());
            throw reason.isEmpty() || failure.text().contains(reason) ? failure : failure.because(reason, refused);
        }
    }

    /**
     * Reads the report. A choice that names no resource of this stack is a warning, since the runtime has started: the
     * shell may still have the variables of another stack.
     */
    static RuntimeReport read(Output output, ResourceNames chosen, Function<ResourceNames, RuntimeReport> report) {
        try {
            return report.apply(chosen);
        } catch (CliException leftOver) {
            if (!leftOver.code().endsWith("_NOT_FOUND")) {
                throw leftOver;
            }
            output.note("warning: " + leftOver.text());
            leftOver.hints().forEach(hint -> output.command("hint:  " + hint));
            return report.apply(ResourceNames.none());
        }
    }

    /** Returns the choice of resources that variables and configuration files make. */
    private ResourceNames names() {
        return new ResourceOptions().names(context.settings());
    }

    static void report(CliContext context, RuntimeReport report, long began) {
        Output output = context.output();
        report.warnings().forEach(warning -> output.note("warning: " + warning));
        boolean isForPeople = output.settings().format() == OutputFormat.TABLE;
        if (isForPeople && output.settings().quiet() && output.settings().query() == null) {
            return; // a script that asks for quiet wants no page either
        }
        if (isForPeople) {
            boolean alone = context.runtimes().all().size() <= 1;
            output.page(report.text((System.nanoTime() - began) / 1e9, alone, output.columns()));
        } else {
            output.one(report);
        }
    }

    /** Prints events live until the runtime is asked to stop; prints none in structured formats. */
    private void showEvents(LocalRuntime runtime) {
        if (context.output().settings().format() != OutputFormat.TABLE
                || context.output().settings().quiet()) {
            runtime.stopRequested().join();
            return;
        }
        Journal journal = runtime.journal();
        EventLine line = new EventLine(ZoneId.systemDefault());
        Semaphore news = new Semaphore(1);
        AutoCloseable subscription = journal.listen(() -> {
            if (news.availablePermits() == 0) {
                news.release();
            }
        });
        // Wait for the stop request itself: its effects come only after the release, which may be too late.
        CompletableFuture<Void> stop = runtime.stopRequested();
        CompletableFuture<Void> unused = stop.whenComplete((done, failed) -> news.release());
        long seen = 0;
        while (!stop.isDone()) {
            news.acquireUninterruptibly();
            for (JournalEntry entry : journal.after(seen, Integer.MAX_VALUE)) {
                seen = entry.number();
                context.output().line(line.of(entry), EventLine.INDENT);
            }
        }
        close(subscription);
    }

    private static void close(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception impossible) {
            throw new IllegalStateException("unsubscribing does not fail", impossible);
        }
    }

    private List<String> arguments() {
        return context.arguments().stream()
                .filter(argument -> !argument.equals("--detach"))
                .toList();
    }
}
