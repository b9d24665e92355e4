package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.bench.Bench;
import dev.ingestkit.cli.bench.BenchCost;
import dev.ingestkit.cli.bench.BenchPage;
import dev.ingestkit.cli.bench.BenchPlan;
import dev.ingestkit.cli.bench.BenchResult;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.option.ViaOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.SendRoute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loads the API or the stream at a fixed rate and measures latencies. */
@Command(
        name = "bench",
        description = {
            "Loads the API or the stream at a fixed rate and measures the time until events are accepted and stored.",
            "Each event is timed from its scheduled moment, so a stall shows in every event that it delays.",
            "The time until stored is available on the embedded runtime only."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and all limits hold",
            "1:a limit was not met",
            "4:API or stream cannot be reached or used",
            "5:the load would cost money on AWS, and --yes was not given"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli bench --rate 200 --duration 30s",
            "  ingest-cli bench --rate 1000 --duration 1m --size 4096 --html bench.html",
            "  ingest-cli bench --rate 50 --duration 20s --max-error-rate 0 --max-stored-p99 500ms -o json"
        })
public final class BenchCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    ViaOptions via = new ViaOptions();

    @Mixin
    BenchOptions options = new BenchOptions();

    public BenchCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        BenchPlan plan = options.plan();
        PayloadSource source = options.source(context.environment());
        Target target = context.target(targetOptions.request());
        consent(target, plan, source);
        BenchResult result;
        boolean interrupted;
        try (Interruption interruption = new Interruption();
                AwsClients clients = new AwsClients(target)) {
            result = run(target, clients, plan, source, interruption);
            interrupted = interruption.happened();
            show(result);
        }
        if (interrupted) {
            context.output().note("interrupted: the figures cover the events sent until then");
            return ExitCode.INTERRUPTED.status();
        }
        List<String> failures = options.failures(result);
        if (!failures.isEmpty()) {
            throw new CliException("DEMAND_NOT_MET", ExitCode.FAILED, String.join("; ", failures));
        }
        return ExitCode.DONE.status();
    }

    /** Requires --yes on AWS, where each event costs money. */
    private void consent(Target target, BenchPlan plan, PayloadSource source) {
        if (target.kind() != Target.Kind.AWS) {
            return;
        }
        long bytes = example(source).length;
        String cost = BenchCost.ofTheTool().text(plan.allEvents(), bytes);
        context.output().note(cost);
        if (!options.yes) {
            throw new CliException("CONFIRMATION_NEEDED", ExitCode.CONFIRMATION, "a load test on AWS needs --yes")
                    .because(cost, null)
                    .hint("rehearse it free of charge: ingest-cli up --detach, then bench without --aws or --profile");
        }
    }

    private static byte[] example(PayloadSource source) {
        try {
            return source.next().orElseThrow();
        } catch (IOException impossible) {
            throw new UncheckedIOException("an event from memory cannot fail to be read", impossible);
        }
    }

    private BenchResult run(
            Target target, AwsClients clients, BenchPlan plan, PayloadSource source, Interruption interruption) {
        StackResources stack = StackResources.of(clients, resources.names(context.settings()));
        SendRoute client = via.route(clients, stack, 0);
        ControlClient journal = target.kind() == Target.Kind.EMBEDDED ? Control.at(target) : null;
        boolean events = stack.table()
                .filter(table -> TableShape.of(clients, table).holdsEvents())
                .isPresent();
        if (journal != null && !events) {
            context.output()
                    .note("no table of the kit's layout: an event counts as stored when a function has processed it");
        }
        Bench bench = new Bench(
                client, source, plan, journal, events, context.environment().clock());
        return bench.run(
                target.describe(), () -> context.output().progress("bench"), run -> interruption.stopBy(run::stop));
    }

    private void show(BenchResult result) {
        Output output = context.output();
        if (options.html != null) {
            Path file = context.environment().workingDirectory().resolve(options.html);
            write(file, new BenchPage(result).html());
            output.note("charts: " + file);
        }
        if (output.settings().format() == OutputFormat.TABLE
                && output.settings().query() == null) {
            output.text(result.text());
        } else {
            output.one(result);
        }
    }

    private static void write(Path file, String html) {
        try {
            Files.writeString(file, html);
        } catch (IOException failed) {
            throw new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write '%s'".formatted(file))
                    .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
        }
    }
}
