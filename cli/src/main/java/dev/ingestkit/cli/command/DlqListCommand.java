package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.deadletter.LetterSummary;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.StackOutputs;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists dead letters of both kinds. */
@Command(
        name = "list",
        description = "Lists dead letters: events parked by the writer, and ranges the mapping gave up on.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq list",
            "  ingest-cli dlq list -o json --query \"[?kind=='parked'].eventId\"",
            "  ingest-cli dlq list -o name | head -n 3 | xargs ingest-cli dlq redrive"
        })
public final class DlqListCommand implements Runnable {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "id"),
            Column.of("KIND", "kind"),
            Column.of("REASON", "reason"),
            Column.of("EVENT", "eventId"),
            Column.number("RECORDS", "records"),
            Column.of("SHARD", "shard"),
            Column.of("SENT", "sentAt"),
            Column.of("TEXT", "text"));

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "100",
            description = "So many at most (default: ${DEFAULT-VALUE}; 0: all).")
    int limit;

    public DlqListCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        try (AwsClients clients = new AwsClients(context.target(target.request()));
                Output.Records rows = context.output().list(COLUMNS)) {
            DeadLetterQueue queue =
                    new DeadLetterQueue(clients, StackOutputs.of(clients).queueUrl());
            int[] shown = new int[1];
            new LetterScan(queue, Instant.MAX).visit(letter -> {
                rows.add(LetterSummary.of(letter));
                return ++shown[0] == limit ? LetterScan.Step.STOP : LetterScan.Step.LEAVE;
            });
            if (shown[0] > 0 && shown[0] == limit) {
                context.output().note("there may be more; --limit 0 shows all");
            }
        }
    }
}
