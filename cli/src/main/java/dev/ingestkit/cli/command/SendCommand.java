package dev.ingestkit.cli.command;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.CliContext;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.output.OutputFormat;
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.cli.send.Ledger;
import dev.ingestkit.cli.send.PayloadSource;
import dev.ingestkit.cli.send.Placeholders;
import dev.ingestkit.cli.send.RejectedFile;
import dev.ingestkit.cli.send.SendReport;
import dev.ingestkit.cli.send.SendRun;
import dev.ingestkit.cli.send.SendSummary;
import dev.ingestkit.cli.send.SubmitClient;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.cli.target.Credentials;
import dev.ingestkit.cli.target.StackOutputs;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends events through the API, with the stack's credentials. */
@Command(
        name = "send",
        description = "Sends events through the API: from a file, standard input or the command line.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all accepted", "1:none accepted", "3:some rejected", "4:the API cannot be reached or used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli send order.json",
            "  ingest-cli send --data '{\"eventId\":\"a-1\",\"total\":12}'",
            "  ingest-cli send --data '{\"at\":\"{time}\"}' --template --id 'load-{n}' --count 1000 --rate 100",
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
    TargetOptions target = new TargetOptions();

    @Mixin
    SendOptions options = new SendOptions();

    public SendCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        PayloadSource source = options.source(context.environment());
        SendSummary summary;
        try (AwsClients clients = new AwsClients(context.target(target.request()))) {
            StackOutputs outputs = StackOutputs.of(clients);
            RandomGenerator random = options.random();
            Credentials credentials = Credentials.read(clients, outputs);
            SubmitClient client = new SubmitClient(
                    outputs.submitUrl(),
                    options.stream == null ? outputs.streamName() : options.stream,
                    credentials.basic(),
                    options.retries,
                    random);
            Placeholders placeholders = new Placeholders(context.environment().clock(), random);
            summary = send(source, new EventNaming(placeholders, options.id, options.template), client);
        }
        report(summary);
        return exit(summary).status();
    }

    private SendSummary send(PayloadSource source, EventNaming naming, SubmitClient client) {
        Output output = context.output();
        BitSet done = options.resumed(context.environment());
        try (Progress progress = output.progress("sent");
                @Nullable Ledger ledger = options.openLedger(context.environment());
                @Nullable RejectedFile rejected = options.rejectedFile(context.environment());
                Output.@Nullable Records rows = wantsRows(output) ? output.list(COLUMNS) : null) {
            SendReport report = new SendReport(
                    output,
                    progress,
                    rows,
                    ledger,
                    rejected,
                    context.environment().clock(),
                    options.total());
            SendRun run = new SendRun(source, naming, client, options.plan(done), report);
            return run.run();
        }
    }

    private void report(SendSummary summary) {
        Output output = context.output();
        if (options.summary) {
            output.one(summary);
        } else if (wantsRows(output)) {
            output.note(summary.line());
        } else {
            output.text(summary.line() + "\n");
        }
    }

    /** A table of thousands of rows says nothing to a reader; programs get a record for each event. */
    private boolean wantsRows(Output output) {
        return !options.summary
                && (output.settings().format() != OutputFormat.TABLE
                        || output.settings().query() != null);
    }

    private static ExitCode exit(SendSummary summary) {
        if (summary.rejected() == 0) {
            if (summary.sent() + summary.skipped() == 0) {
                throw new CliException("NO_EVENTS", ExitCode.USAGE, "the input holds no event");
            }
            return ExitCode.DONE;
        }
        return summary.accepted() == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }
}
