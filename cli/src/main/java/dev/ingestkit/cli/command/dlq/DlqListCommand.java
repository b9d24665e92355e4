package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterEvents;
import dev.ingestkit.cli.deadletter.DeadLetterGroups;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.RedriveLog;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.option.DeadLetterOptions;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.cli.output.Text;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters of all kinds. */
@Command(
        name = "list",
        description =
                "Lists dead letters: events that the writer parked, ranges of records that a mapping gave up on, messages"
                        + " that a queue's redrive policy moved, and events of failed asynchronous invocations.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed, even if the queue is empty", "4:the queue cannot be read"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq list",
            "  ingest-cli dlq list --summary",
            "  ingest-cli dlq list --since 2h --reason NOT_JSON",
            "  ingest-cli dlq list --filter \"payload.total > `100`\"",
            "  ingest-cli dlq list -o json --query \"[?kind=='parked'].eventId\"",
            "  ingest-cli dlq list -o name | head -n 3 | xargs ingest-cli dlq redrive"
        })
public final class DlqListCommand implements Runnable {

    static final List<Column> COLUMNS = List.of(
            Column.id("ID", "id"),
            Column.word("KIND", "kind").ifRoom(),
            Column.word("REASON", "reason"),
            Column.of("EVENT", "eventId").ifUseful(),
            Column.number("RECORDS", "records").ifRoom(),
            Column.tail("SHARD", "shard").ifRoom(),
            Column.ago("SENT", "sentAt"),
            Column.number("REDRIVES", "redrives").ifUseful(),
            Column.of("TEXT", "text").ifUseful());

    static final List<Column> SUMMARY = List.of(
            Column.word("REASON", "reason"),
            Column.word("KIND", "kind").ifRoom(),
            Column.number("DEAD LETTERS", "deadLetters"),
            Column.number("RECORDS", "records").ifRoom(),
            Column.ago("OLDEST", "oldest"),
            Column.ago("LATEST", "latest").ifRoom(),
            Column.of("TEXT", "text").ifUseful());

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    DeadLetterOptions deadLetters = new DeadLetterOptions();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "100",
            description = "Lists at most N dead letters (default: ${DEFAULT-VALUE}; 0: all).")
    int limit;

    @Option(
            names = "--summary",
            description =
                    "Counts all dead letters by reason, kind and text instead of listing them; --limit does not apply.")
    boolean summary;

    public DlqListCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        if (limit < 0) {
            throw new CliException("USAGE", ExitCode.USAGE, "--limit must not be negative");
        }
        Selection selection = deadLetters.selection(List.of());
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target);
                Interruption stop = new Interruption()) {
            DeadLetterQueue queue = new DeadLetterQueue(
                    clients,
                    StackResources.of(clients, resources.names(context.settings()))
                            .queueUrl());
            if (summary) {
                summarize(target, queue, new Recovery(clients), selection, stop);
            } else {
                list(target, queue, new Recovery(clients), selection, stop);
            }
        }
    }

    /**
     * Returns the summary with the event of a record that the mapping gave up on alone. On AWS this reads the stream, whose
     * shards allow five reads a second, so there it stays unknown; dlq show reads it.
     */
    private static DeadLetterSummary named(
            Target target, DeadLetterSummary summary, DeadLetterQueue.ReceivedMessage deadLetter, Recovery recovery) {
        if (target.kind() == Target.Kind.AWS
                || deadLetter.content().isEmpty()
                || summary.eventId() != null
                || summary.records() != 1) {
            return summary;
        }
        return recovery.of(deadLetter)
                .flatMap(DeadLetterEvents::onlyId)
                .map(summary::withEvent)
                .orElse(summary);
    }

    private void list(Target target, DeadLetterQueue queue, Recovery recovery, Selection selection, Interruption stop) {
        RedriveLog log =
                RedriveLog.in(context.runtimes().folder(), context.environment().clock());
        int[] listed = new int[1];
        try (Output.Records rows = context.output().list(COLUMNS)) {
            new DeadLetterScan(queue, Instant.MAX, DeadLetterScan.HIDDEN, stop::happened).visit(deadLetter -> {
                DeadLetterSummary summary = named(target, DeadLetterSummary.of(deadLetter, log), deadLetter, recovery);
                if (!selection.includes(summary, () -> recovery.of(deadLetter))) {
                    return DeadLetterVisitor.Step.LEAVE;
                }
                rows.add(summary);
                return ++listed[0] == limit ? DeadLetterVisitor.Step.STOP : DeadLetterVisitor.Step.LEAVE;
            });
        }
        log.problem().ifPresent(context.output()::note);
        if (listed[0] > 0 && listed[0] == limit) {
            context.output()
                    .note("the queue holds about %s".formatted(Text.counted(queue.approximateCount(), "message")));
            context.output().note("--limit 0 lists all, --summary counts them by reason");
        } else {
            ScanNotes.hidden(context, queue);
        }
    }

    private void summarize(
            Target target, DeadLetterQueue queue, Recovery recovery, Selection selection, Interruption stop) {
        DeadLetterGroups groups = new DeadLetterGroups();
        long[] read = new long[1];
        try (Progress progress = context.output().progress("read")) {
            new DeadLetterScan(queue, Instant.MAX, DeadLetterScan.HIDDEN, stop::happened).visit(deadLetter -> {
                DeadLetterSummary found = DeadLetterSummary.of(deadLetter);
                if (!selection.eventIds().isEmpty() || selection.filter() != null) {
                    found = named(target, found, deadLetter, recovery);
                }
                if (selection.includes(found, () -> recovery.of(deadLetter))) {
                    groups.add(found);
                }
                progress.at(++read[0], 0, 0);
                return DeadLetterVisitor.Step.LEAVE;
            });
        }
        try (Output.Records rows = context.output().list(SUMMARY)) {
            groups.all().forEach(rows::add);
        }
        if (stop.happened()) {
            context.output()
                    .note("interrupted: the counts are of the first %s"
                            .formatted(Text.counted(read[0], "dead letter")));
        }
        ScanNotes.hidden(context, queue);
    }
}
