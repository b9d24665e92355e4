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

/** Demonstrates the whole pipeline, and proves that no event was lost. */
@Command(
        name = "demo",
        description = {
            "Starts the pipeline, sends sample events through it, and reports the outcome.",
            "Stops everything it starts. Exit code 0 means: accepted = stored + dead lettered.",
            "With --target localstack, uses the stack of a running LocalStack and leaves the events there."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli demo", "  ingest-cli demo -o json", "  ingest-cli demo --target localstack"})
public final class DemoCommand implements Runnable {

    private final CliContext context;

    /** The kind of pipeline that the demonstration uses. */
    enum Pipeline {
        EMBEDDED,
        LOCALSTACK
    }

    @Option(
            names = "--target",
            paramLabel = "WHERE",
            defaultValue = "EMBEDDED",
            description = "embedded: a runtime of its own (default); localstack: the running LocalStack.")
    Pipeline pipeline = Pipeline.EMBEDDED;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The endpoint of that LocalStack (default: port 4566, or INGEST_PORT).")
    @Nullable
    URI endpoint;

    @Option(names = "--port", paramLabel = "PORT", description = "The port of the runtime (default: any free port).")
    int port;

    @Mixin
    UpOptions options = new UpOptions();

    public DemoCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (endpoint != null && pipeline == Pipeline.EMBEDDED) {
            throw new CliException(
                            "NO_TARGET",
                            ExitCode.USAGE,
                            "--endpoint-url %s cannot be used here: the demo starts a runtime of its own"
                                    .formatted(endpoint))
                    .hint("to use a LocalStack, add --target localstack");
        }
        DemoReport report = pipeline == Pipeline.LOCALSTACK ? onLocalStack() : onEmbedded();
        show(report);
        if (!report.complete()) {
            throw new CliException(
                            "EVENTS_LOST",
                            ExitCode.FAILED,
                            "%d events were accepted, but %d are stored and %d are dead lettered"
                                    .formatted(
                                            report.counts().accepted(),
                                            report.counts().stored(),
                                            report.counts().deadLettered()))
                    .hint("to follow events: ingest-cli up, then ingest-cli send in another terminal");
        }
        context.output()
                .note(
                        pipeline == Pipeline.LOCALSTACK
                                ? "the events are still there: ingest-cli inspect, ingest-cli dlq list"
                                : "everything is stopped; to continue by hand: ingest-cli up");
    }

    private DemoReport onEmbedded() {
        Clock clock = context.environment().clock();
        Instant began = clock.instant();
        Output output = context.output();
        LocalRuntimeConfig config = options.config(context.environment(), UpCommand.checked(port));
        output.note("starting the pipeline in one process, without Docker or an AWS account");
        try (LocalRuntime runtime = UpCommand.start(context, config);
                AwsClients clients = new AwsClients(target(runtime))) {
            Thread ending = new Thread(runtime::close, "ingest-cli-end");
            Runtime.getRuntime().addShutdownHook(ending);
            runtime.warnings().forEach(warning -> output.note("warning: " + warning));
            output.note("running at " + runtime.endpoint() + ", sending events");
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
