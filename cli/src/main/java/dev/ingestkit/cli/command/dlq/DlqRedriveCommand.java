package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.LetterOptions;
import dev.ingestkit.cli.option.RedriveOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings dead letters back. */
@Command(
        name = "redrive",
        description = {
            "Brings dead letters back, with records read back from the stream where a message holds none.",
            "A message is deleted once its records are safely back. Stopped or killed, run it again: what came back"
                    + " twice is stored once."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all that were selected are back",
            "1:none is",
            "3:some are not; the data says which",
            "5:not confirmed (AWS)"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli dlq redrive --dry-run",
            "  ingest-cli dlq redrive --since 2h --reason RetryAttemptsExhausted",
            "  ingest-cli dlq redrive --id order-17 --set total=12 --via stream",
            "  ingest-cli dlq redrive --filter \"payload.total > `100`\"",
            "  ingest-cli dlq redrive --filter \"events[?payload.type=='refund']\" --rate 50"
        })
public final class DlqRedriveCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    TargetOptions target = new TargetOptions();

    @Parameters(arity = "0..*", paramLabel = "MESSAGE", description = "Only these messages.")
    List<String> messages = new ArrayList<>();

    @Mixin
    LetterOptions letters = new LetterOptions();

    @Option(names = "--dry-run", description = "Reads everything, and changes nothing.")
    boolean dryRun;

    @Mixin
    RedriveOptions how = new RedriveOptions();

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "So many letters at most.")
    long max = Long.MAX_VALUE;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Sets a field of each payload first: data.total=12, items.0.count=2.")
    List<String> edits = new ArrayList<>();

    @Option(
            names = "--partly",
            description =
                    "Brings back what is left of letters whose first records have expired, and deletes these too.")
    boolean partly;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    public DlqRedriveCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        if (max < 1 || how.rate() < 0) {
            throw new CliException(
                    "USAGE", ExitCode.USAGE, max < 1 ? "--max must be at least 1" : "--rate must not be negative");
        }
        Selection selection = letters.selection(messages);
        PayloadEdit edit = PayloadEdit.parse(edits);
        Target place = context.target(target.request());
        try (AwsClients clients = new AwsClients(place)) {
            StackOutputs outputs = StackOutputs.of(clients);
            if (!dryRun) {
                Confirmation.onAws(context, confirm, place, what(place), name(outputs));
            }
            Redrive.Plan plan = new Redrive.Plan(dryRun, how.rate(), max, partly);
            return new RedriveRun(context, clients, outputs)
                    .run(how, selection, record -> record.with(edit.apply(record.data())), plan)
                    .status();
        }
    }

    private static String what(Target place) {
        return "dead letters (%s) will be redriven and deleted; --dry-run shows which".formatted(place.describe());
    }

    private static String name(StackOutputs outputs) {
        String url = outputs.queueUrl();
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
