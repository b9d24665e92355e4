package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.event.EventList;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.ScanCost;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.verify.Verdict;
import dev.ingestkit.cli.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies that no accepted event was lost. */
@Command(
        name = "verify",
        description = "Compares a ledger with the table and the dead letters to find lost events.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:accepted = stored + dead lettered", "1:events are missing, or their payloads differ"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli send orders.ndjson --ledger orders.ledger",
            "  ingest-cli verify --ledger orders.ledger --wait 30s"
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    /** The pause on AWS, where each comparison reads the whole table and so costs money. */
    private static final Duration BETWEEN_ATTEMPTS_ON_AWS = Duration.ofSeconds(10);

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Option(
            names = "--ledger",
            required = true,
            paramLabel = "FILE",
            description = "The ledger written by ingest-cli send --ledger FILE.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    Path ledger;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Repeats for at most this time while events are in flight (default: once; on AWS every 10 s,"
                    + " because each comparison reads the whole table).")
    Duration timeout = Duration.ZERO;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "Lists at most N events that are not stored (default: ${DEFAULT-VALUE}).")
    int limit;

    public VerifyCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() {
        Path file = context.environment().workingDirectory().resolve(ledger);
        List<String> named = new ArrayList<>();
        Verdict verdict;
        Target target = context.target(targetOptions.request());
        boolean onAws = target.kind() == Target.Kind.AWS;
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            EventTable table = new EventTable(clients, eventTable(clients, stack));
            if (onAws) {
                context.output().note(ScanCost.of(table.size(), Long.MAX_VALUE).line());
            }
            Verification verification = Verification.of(
                    new EventList(table), new DeadLetterQueue(clients, stack.queueUrl()), new Recovery(clients));
            long end = System.nanoTime() + timeout.toNanos();
            verdict = compare(verification, file, named);
            while (!verdict.holds() && System.nanoTime() < end) {
                LockSupport.parkNanos((onAws ? BETWEEN_ATTEMPTS_ON_AWS : BETWEEN_ATTEMPTS).toNanos());
                verdict = compare(verification, file, named);
            }
        }
        named.forEach(context.output()::note);
        context.output().one(verdict);
        return (verdict.holds() ? ExitCode.DONE : ExitCode.FAILED).status();
    }

    /** Returns the table, which must be of the kit's layout: by it events are compared with what was sent. */
    private static String eventTable(AwsClients clients, StackResources stack) {
        String table = stack.tableName();
        TableShape shape = TableShape.of(clients, table);
        if (!shape.holdsEvents()) {
            throw new CliException(
                            "NOT_EVENTS",
                            ExitCode.ENVIRONMENT,
                            "verify cannot compare with table '%s'".formatted(table))
                    .because(
                            "its partition key is '%s'; verify needs the ids and payload hashes of the kit's layout"
                                    .formatted(shape.partitionKey()),
                            null)
                    .hint("compare the ledger with the journal instead: --by journal");
        }
        return table;
    }

    private Verdict compare(Verification verification, Path file, List<String> named) {
        named.clear();
        return verification.run(file, (outcome, id) -> {
            if (named.size() < limit) {
                named.add(outcome + ": " + id);
            }
        });
    }
}
