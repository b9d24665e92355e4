package dev.ingestkit.cli.command.dlq;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.MessageIds;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.deadletter.Selection;
import dev.ingestkit.cli.event.PayloadEdit;
import dev.ingestkit.cli.option.ConfirmOptions;
import dev.ingestkit.cli.option.DeadLetterOptions;
import dev.ingestkit.cli.option.RedriveOptions;
import dev.ingestkit.cli.option.ResourceOptions;
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

/** Redrives dead letters. */
@Command(
        name = "redrive",
        description = {
            "Redrives dead letters. Reads the records from the stream where a message holds none. A message that a queue's"
                    + " redrive policy moved returns to that queue, with its attributes; changes of a table and events"
                    + " of asynchronous invocations go to the function that failed.",
            "Right after a build, the embedded runtime loads the new code first.",
            "Deletes a message once its records are safely redriven. After an interruption, run it again: the writer"
                    + " stores a record that is redriven twice once; other functions process it twice."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all selected dead letters are redriven",
            "1:none is redriven",
            "3:some are not redriven; the output says which",
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
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "MESSAGE",
            description = "Redrives only these messages; the beginning of an id is enough.")
    List<String> messages = new ArrayList<>();

    @Mixin
    DeadLetterOptions deadLetters = new DeadLetterOptions();

    @Option(names = "--dry-run", description = "Reads everything, but changes nothing.")
    boolean dryRun;

    @Mixin
    RedriveOptions options = new RedriveOptions();

    @Option(
            names = {"-n", "--max"},
            paramLabel = "N",
            description = "Redrives at most N dead letters.")
    long max = Long.MAX_VALUE;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Sets a field of each payload before the redrive: data.total=12, items.0.count=2.")
    List<String> edits = new ArrayList<>();

    @Option(
            names = "--partly",
            description = "Also redrives the rest of dead letters whose first records have expired, and deletes them.")
    boolean partly;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    public DlqRedriveCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        if (max < 1 || options.rate() < 0) {
            throw new CliException(
                    "USAGE", ExitCode.USAGE, max < 1 ? "--max must be at least 1" : "--rate must not be negative");
        }
        PayloadEdit edit = PayloadEdit.parse(edits);
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            List<String> ids = MessageIds.resolve(new DeadLetterQueue(clients, stack.queueUrl()), messages);
            Selection selection = deadLetters.selection(ids);
            if (!dryRun) {
                Confirmation.onAws(context, confirm, target, what(target), name(stack));
            }
            if (!dryRun) {
                NewCode.await(context.output(), target);
            }
            Redrive.Plan plan = new Redrive.Plan(dryRun, options.rate(), max, partly);
            return new RedriveRun(context, clients, stack)
                    .run(options, selection, record -> record.with(edit.apply(record.data())), plan)
                    .status();
        }
    }

    private static String what(Target target) {
        return "dead letters (%s) will be redriven and deleted; --dry-run shows which".formatted(target.describe());
    }

    private static String name(StackResources stack) {
        String url = stack.queueUrl();
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
