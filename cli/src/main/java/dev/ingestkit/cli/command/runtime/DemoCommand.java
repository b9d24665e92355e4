package dev.ingestkit.cli.command.runtime;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.aws.TargetRequest;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.demo.Demo;
import dev.ingestkit.cli.demo.DemoReport;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole pipeline at work, from start to end, and proves that nothing was lost. */
@Command(
        name = "demo",
        description = {
            "Starts the pipeline, sends sample events through it, and counts what became of them.",
            "Ends all that it starts. Exit code 0 means: accepted = stored + dead lettered.",
            "With --target localstack the stack of a LocalStack that runs is used, and its events stay there."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli demo", "  ingest-cli demo -o json", "  ingest-cli demo --target localstack"})
public final class DemoCommand implements Runnable {

    private final CliContext context;

    /** Where it is shown. */
    enum Place {
        EMBEDDED,
        LOCALSTACK
    }

    @Option(
            names = "--target",
            paramLabel = "WHERE",
            defaultValue = "EMBEDDED",
            description = "embedded: a runtime of its own (default); localstack: the LocalStack that runs.")
    Place place = Place.EMBEDDED;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where that LocalStack is (default: port 4566, or INGEST_PORT).")
    @Nullable
    URI endpoint;

    @Option(names = "--port", paramLabel = "PORT", description = "The port (default: any that is free).")
    int port;

    @Mixin
    UpOptions options = new UpOptions();

    public DemoCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (endpoint != null && place == Place.EMBEDDED) {
            throw new CliException(
                            "NO_TARGET",
                            ExitCode.USAGE,
                            "--endpoint-url %s: the demonstration starts a runtime of its own".formatted(endpoint))
                    .hint("for a LocalStack add --target localstack");
        }
        DemoReport report = place == Place.LOCALSTACK ? onLocalStack() : onItsOwn();
        show(report);
        if (!report.complete()) {
            throw new CliException(
                            "EVENTS_LOST",
                            ExitCode.FAILED,
                            "accepted %d events, but %d are stored and %d dead lettered"
                                    .formatted(report.accepted(), report.stored(), report.deadLettered()))
                    .hint("watch them pass: ingest-cli up, and send some");
        }
        context.output()
                .note(
                        place == Place.LOCALSTACK
                                ? "the events are still there: ingest-cli inspect, ingest-cli dlq list"
                                : "all of it has ended; to go on by hand: ingest-cli up");
    }

    private DemoReport onItsOwn() {
        Clock clock = context.environment().clock();
        Instant began = clock.instant();
        Output output = context.output();
        LocalRuntimeConfig config = options.config(context.environment(), UpCommand.checked(port));
        output.note("starting the pipeline: one process, no Docker, no account");
        try (LocalRuntime runtime = UpCommand.start(context, config);
                AwsClients clients = new AwsClients(target(runtime))) {
            Thread ending = new Thread(runtime::close, "ingest-cli-end");
            Runtime.getRuntime().addShutdownHook(ending);
            runtime.warnings().forEach(warning -> output.note("warning: " + warning));
            output.note("up at " + runtime.endpoint() + ", sending");
            return Demo.on(runtime, clients, clock, began).run();
        }
    }

    private DemoReport onLocalStack() {
        Clock clock = context.environment().clock();
        Instant began = clock.instant();
        Target target = context.localStack(new TargetRequest(
                Optional.ofNullable(endpoint),
                Optional.empty(),
                false,
                Optional.of(options.region(context.environment())),
                Optional.of(options.stack(context.environment()))));
        try (AwsClients clients = new AwsClients(target)) {
            return Demo.on(clients, clock, began).run();
        }
    }

    private Target target(LocalRuntime runtime) {
        return new Target(
                Target.Kind.EMBEDDED,
                Optional.of(runtime.endpoint()),
                options.region(context.environment()),
                Optional.empty(),
                options.stack(context.environment()),
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
