package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.command.Interruption;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.option.ViaOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.RejectedFile;
import dev.ingestkit.cli.send.SendReport;
import dev.ingestkit.cli.send.SendRoute;
import dev.ingestkit.cli.send.SendRun;
import dev.ingestkit.cli.send.SendSummary;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends events to the stack's API, with its credentials, or to its stream. */
@Command(
        name = "send",
        description = "Sends events to the API or the stream, from a file, standard input or the command line.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all accepted",
            "1:none accepted",
            "3:some rejected",
            "4:API or stream cannot be reached or used",
            "130:interrupted; the ledger holds every answer received"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli send order.json",
            "  ingest-cli send --data '{\"eventId\":\"a-1\",\"total\":12}'",
            "  ingest-cli send --data '{\"at\":\"{time}\"}' --template --id 'load-{n}' --count 1000 --rate 100",
            "  ingest-cli send --fixture order-created --set total=12 --count 100 --seed 7",
            "  ingest-cli send --via stream --stream Invoices --data '{\"total\":12}' --id inv-{n}",
            "  ingest-cli send orders.ndjson --ledger orders.ledger --rejected rejected.ndjson",
            "  tail -f orders.ndjson | ingest-cli send -"
        })
public final class SendCommand implements Callable<Integer> {

    private static final List<Column> COLUMNS = List.of(
            Column.of("ID", "id"),
            Column.number("STATUS", "status"),
            Column.of("SHARD", "shardId"),
            Column.of("SEQUENCE NUMBER", "sequenceNumber"),
            Column.of("ERROR", "error"));

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    ViaOptions via = new ViaOptions();

    @Mixin
    SendOptions options = new SendOptions();

    public SendCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        PayloadSource source = options.source(context.environment());
        try (Interruption interruption = new Interruption();
                AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            SendRoute client = via.route(clients, stack, options.retries);
            EventNaming naming = new EventNaming(options.chance(context.environment()), options.id, options.template);
            Sent sent = send(source, naming, client, interruption);
            SendSummary summary = sent.summary();
            report(summary, sent.ids());
            if (interruption.happened()) {
                context.output().note("interrupted: the rest of the input was not sent");
                return ExitCode.INTERRUPTED.status();
            }
            return exit(summary).status();
        }
    }

    /** The result of a run, with the first ids for people. */
    private record Sent(SendSummary summary, String ids) {}

    private Sent send(PayloadSource source, EventNaming naming, SendRoute client, Interruption interruption) {
        Output output = context.output();
        BitSet done = options.resumed(context.environment());
        try (Progress progress = output.progress("sent");
                @Nullable Ledger ledger = options.openLedger(context.environment());
                @Nullable RejectedFile rejected = options.rejectedFile(context.environment());
                Output.@Nullable Records rows = rows(output)) {
            SendReport report = new SendReport(
                    output,
                    progress,
                    rows,
                    ledger,
                    rejected,
                    context.environment().clock(),
                    options.total());
            SendRun run = new SendRun(source, naming, client, options.plan(done), report);
            interruption.stopBy(run::stop);
            try {
                return new Sent(run.run(), report.ids());
            } catch (CliException brokenOff) {
                if (run.summary().counts().sent() > 0) {
                    output.note("sent so far: " + run.summary().line());
                }
                throw brokenOff;
            }
        }
    }

    /** Returns the rows to print, or null for an endless input, whose rows cannot be collected. */
    private Output.@Nullable Records rows(Output output) {
        if (!wantsRows(output)) {
            return null;
        }
        return options.endless() ? output.stream(COLUMNS) : output.list(COLUMNS);
    }

    private void report(SendSummary summary, String ids) {
        Output output = context.output();
        if (options.rate > 0
                && summary.times().perSecond() < 0.9 * options.rate
                && summary.counts().sent() > options.rate) {
            output.note("the rate of %,.0f/s was not reached; more concurrency may help: --concurrency %d"
                    .formatted(options.rate, options.concurrency * 4));
        }
        if (options.summary) {
            output.one(summary);
        } else if (wantsRows(output)) {
            output.note(summary.line());
        } else {
            output.text(summary.line() + (ids.isEmpty() ? "" : "; " + Text.safe(ids)) + "\n");
        }
    }

    /** Returns whether to print a row per event: always for programs, but not thousands of rows for people. */
    private boolean wantsRows(Output output) {
        return !options.summary
                && (output.settings().format() != OutputFormat.TABLE
                        || output.settings().query() != null);
    }

    private static ExitCode exit(SendSummary summary) {
        if (summary.counts().sent() > 0
                && summary.counts().unanswered() == summary.counts().sent()) {
            throw SendRun.unreachable(
                    "none of %,d events was answered".formatted(summary.counts().sent()));
        }
        if (summary.counts().rejected() == 0) {
            if (summary.counts().sent() + summary.counts().skipped() == 0) {
                throw new CliException("NO_EVENTS", ExitCode.USAGE, "the input contains no events");
            }
            return ExitCode.DONE;
        }
        return summary.counts().accepted() == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }
}
