package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.RedriveLog;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.option.DeadLetterOptions;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows dead letters as they arrive. */
@Command(
        name = "watch",
        description = {
            "Shows the dead letters in the queue, then each new one as it arrives, until Ctrl-C.",
            "With -o json, as with ndjson, prints one object per line."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:--max dead letters were shown", "4:the queue cannot be read", "130:interrupted by Ctrl-C"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq watch",
            "  ingest-cli dlq watch --new --reason NOT_JSON",
            "  ingest-cli dlq watch --new --max 1 -o name | xargs ingest-cli dlq show"
        })
public final class DlqWatchCommand implements Runnable {

    /** A change that leaves the count the same is seen by the next full scan. */
    private static final int POLLS_BY_COUNT = 15;

    private final CliContext context;
    private final Set<String> seen = new HashSet<>();
    private long shown;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    DeadLetterOptions deadLetters = new DeadLetterOptions();

    @Option(names = "--new", description = "Shows only dead letters that arrive from now on.")
    boolean onlyNew;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "Stops after N dead letters.")
    long max = Long.MAX_VALUE;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "2s",
            description = "The polling interval (default: 2s). On AWS each poll is a request, and one more for each ten"
                    + " dead letters when their number has changed.")
    Duration interval = Duration.ofSeconds(2);

    public DlqWatchCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (max < 1 || interval.isNegative()) {
            throw new CliException(
                    "USAGE", ExitCode.USAGE, "--max must be at least 1, and --interval must not be negative");
        }
        Selection selection = deadLetters.selection(List.of());
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()));
                Interruption stop = new Interruption();
                Output.Records rows = context.output().stream(DlqListCommand.COLUMNS)) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    clients,
                    StackResources.of(clients, resources.names(context.settings()))
                            .queueUrl());
            watch(queue, new Recovery(clients), selection, rows, stop);
        }
    }

    private void watch(
            DeadLetterQueue queue, Recovery recovery, Selection selection, Output.Records rows, Interruption stop) {
        if (onlyNew) {
            new DeadLetterScan(queue, Instant.MAX, DeadLetterScan.HIDDEN, stop::happened).visit(deadLetter -> {
                seen.add(deadLetter.messageId());
                return DeadLetterVisitor.Step.LEAVE;
            });
        }
        long count = -1;
        for (int poll = 0; shown < max && !stop.happened(); poll++) {
            long now = queue.approximateCount();
            if (now != count || poll % POLLS_BY_COUNT == 0) {
                scan(queue, recovery, selection, rows, stop);
                count = now;
            }
            if (shown < max) {
                Waiting.until(stop::happened, interval);
            }
        }
    }

    private void scan(
            DeadLetterQueue queue, Recovery recovery, Selection selection, Output.Records rows, Interruption stop) {
        RedriveLog log =
                RedriveLog.in(context.runtimes().folder(), context.environment().clock());
        new DeadLetterScan(queue, Instant.MAX, DeadLetterScan.HIDDEN, stop::happened).visit(deadLetter -> {
            if (!seen.add(deadLetter.messageId())) {
                return DeadLetterVisitor.Step.LEAVE;
            }
            DeadLetterSummary summary = DeadLetterSummary.of(deadLetter, log);
            if (selection.includes(summary, () -> recovery.of(deadLetter))) {
                rows.add(summary);
                shown++;
            }
            return shown == max ? DeadLetterVisitor.Step.STOP : DeadLetterVisitor.Step.LEAVE;
        });
    }
}
