package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.demo.Demo;
import dev.ingestkit.cli.demo.DemoReport;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.Target;
import dev.ingestkit.local.LocalRuntime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole pipeline at work, from start to end, and proves that nothing was lost. */
@Command(
        name = "demo",
        description = {
            "Starts the pipeline, sends sample events through it, and counts what became of them.",
            "Ends all that it starts. Exit code 0 means: accepted = stored + dead lettered."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli demo", "  ingest-cli demo -o json"})
public final class DemoCommand implements Runnable {

    private final CliContext context;

    @Option(names = "--port", paramLabel = "PORT", description = "The port (default: any that is free).")
    int port;

    @Mixin
    UpOptions options = new UpOptions();

    public DemoCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        Clock clock = context.environment().clock();
        Instant began = clock.instant();
        Output output = context.output();
        output.note("starting the pipeline: one process, no Docker, no account");
        DemoReport report;
        try (LocalRuntime runtime = UpCommand.start(options.config(context.environment(), port));
                AwsClients clients = new AwsClients(target(runtime))) {
            Thread ending = new Thread(runtime::close, "ingest-cli-end");
            Runtime.getRuntime().addShutdownHook(ending);
            runtime.warnings().forEach(warning -> output.note("warning: " + warning));
            output.note("up at " + runtime.endpoint() + ", sending");
            report = new Demo(runtime, clients, clock, began).run();
        }
        show(report);
        if (!report.complete()) {
            throw new CliException(
                            "EVENTS_LOST",
                            ExitCode.FAILED,
                            "accepted %d events, but %d are stored and %d dead lettered"
                                    .formatted(report.accepted(), report.stored(), report.deadLettered()))
                    .hint("watch them pass: ingest-cli up, and send some");
        }
        output.note("all of it has ended; to go on by hand: ingest-cli up");
    }

    private Target target(LocalRuntime runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(runtime.endpoint()),
                options.region,
                Optional.empty(),
                options.stack,
                "demo",
                runtime.outputs());
    }

    private void show(DemoReport report) {
        if (context.output().settings().format() == OutputFormat.TABLE) {
            context.output().text(new DemoPage().of(report));
        } else {
            context.output().one(report);
        }
    }
}
