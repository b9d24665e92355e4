package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.InvokeRoute;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.deadletter.PayloadEdit;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.deadletter.RedriveRoute;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.deadletter.StreamRoute;
import dev.ingestkit.cli.option.InstantConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.JsonQuery;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.StackOutputs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings dead letters back. */
@Command(
        name = "redrive",
        description = "Brings dead letters back, with records read back from the stream where a message holds none.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all that were selected are back", "1:none is", "3:some are not; the data says which"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq redrive --dry-run",
            "  ingest-cli dlq redrive --since 2h --reason RetryAttemptsExhausted",
            "  ingest-cli dlq redrive --id order-17 --set total=12 --via stream",
            "  ingest-cli dlq redrive --filter \"kind=='on-failure' && records < `100`\" --rate 50"
        })
public final class DlqRedriveCommand implements Callable<Integer> {

    /** Which way records go back. */
    enum Via {
        INVOKE,
        STREAM
    }

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "letter.id"),
            Column.of("KIND", "letter.kind"),
            Column.of("REASON", "letter.reason"),
            Column.of("SHARD", "letter.shard"),
            Column.of("FROM", "letter.from"),
            Column.of("TO", "letter.to"),
            Column.of("ARRIVED", "letter.arrivedAt"),
            Column.of("OUTCOME", "outcome"),
            Column.number("RECORDS", "redriven"),
            Column.number("EXPIRED", "expired"),
            Column.of("DETAIL", "detail"));

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Parameters(arity = "0..*", paramLabel = "MESSAGE", description = "Only these messages.")
    List<String> messages = new ArrayList<>();

    @Option(
            names = "--via",
            paramLabel = "WAY",
            defaultValue = "invoke",
            description = "invoke: straight to the function, in the place they had, so that nothing newer is"
                    + " overwritten. stream: put anew, as the newest (default: ${DEFAULT-VALUE}).")
    Via via = Via.INVOKE;

    @Option(names = "--dry-run", description = "Reads everything, and changes nothing.")
    boolean dryRun;

    @Option(names = "--id", paramLabel = "EVENT", description = "Only parked events of this id.")
    List<String> eventIds = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "CODE", description = "Only letters of this reason.")
    List<String> reasons = new ArrayList<>();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "Only letters sent since.")
    Instant since = Instant.MIN;

    @Option(names = "--filter", paramLabel = "JMESPATH", description = "Only letters for which this is true.")
    @Nullable
    String filter;

    @Option(names = "--rate", paramLabel = "R", description = "Records a second (default: as fast as it goes).")
    double rate;

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "So many letters at most.")
    long max = Long.MAX_VALUE;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Sets a field of each payload first.")
    List<String> edits = new ArrayList<>();

    @Option(
            names = "--partly",
            description =
                    "Brings back what is left of letters whose first records have expired, and deletes these too.")
    boolean partly;

    public DlqRedriveCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        Selection selection = new Selection(
                new HashSet<>(messages),
                new HashSet<>(eventIds),
                new HashSet<>(reasons),
                since,
                filter == null ? null : JsonQuery.parse(filter));
        PayloadEdit edit = PayloadEdit.parse(edits);
        RedriveCounts counts = new RedriveCounts();
        try (AwsClients clients = new AwsClients(context.target(target.request()));
                Output.Records rows = context.output().list(COLUMNS)) {
            StackOutputs outputs = StackOutputs.of(clients);
            RedriveRoute route = via == Via.STREAM
                    ? new StreamRoute(clients, outputs.streamName())
                    : new InvokeRoute(clients, outputs.writerFunction());
            Redrive redrive = new Redrive(
                    new Recovery(clients),
                    route,
                    selection,
                    edit,
                    new Redrive.Plan(dryRun, rate, max, partly),
                    result -> {
                        counts.add(result);
                        rows.add(result);
                    });
            DeadLetterQueue queue = new DeadLetterQueue(clients, outputs.queueUrl());
            redrive.run(new LetterScan(queue, context.environment().clock().instant()));
        }
        context.output().note(counts.line(dryRun));
        return counts.exit().status();
    }
}
