package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
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
import dev.ingestkit.cli.output.Progress;
import dev.ingestkit.cli.verify.JournalVerification;
import dev.ingestkit.cli.verify.Verdict;
import dev.ingestkit.cli.verify.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Verifies that no accepted event was lost. */
@Command(
        name = "verify",
        description = {
            "Compares a ledger with the table and the dead letters to find lost events.",
            "Nothing is lost if accepted = stored + deadLettered: missing events are in neither, different ones are stored"
                    + " with a payload that was not sent. The other counts explain a difference to what you sent:"
                    + " storedTwice had several accepted payloads, refused was not accepted, notInLedger was sent by"
                    + " another run."
        },
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
            paramLabel = "FILE",
            description = "The ledger written by ingest-cli send --ledger FILE (required).")
    @Nullable
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
        if (ledger == null) {
            throw new CliException(
                            "LEDGER_NEEDED", ExitCode.USAGE, "verify needs a ledger of what was sent: --ledger FILE")
                    .because("the table and the dead letters do not say what is missing in both", null)
                    .hint("write one while you send: ingest-cli send --ledger orders.ledger ...")
                    .hint("without one, for the counts of all events: ingest-cli status");
        }
        Path file = context.environment().workingDirectory().resolve(ledger);
        List<String> named = new ArrayList<>();
        Verdict verdict;
        Target target = context.target(targetOptions.request());
        boolean onAws = target.kind() == Target.Kind.AWS;
        try (AwsClients clients = new AwsClients(target);
                Progress progress = context.output().progress("verifying")) {
            Comparer comparer = comparer(target, clients, file, named);
            long end = System.nanoTime() + timeout.toNanos();
            verdict = comparer.compare();
            while (!verdict.holds() && System.nanoTime() < end) {
                progress.waiting();
                LockSupport.parkNanos((onAws ? BETWEEN_ATTEMPTS_ON_AWS : BETWEEN_ATTEMPTS).toNanos());
                verdict = comparer.compare();
            }
        }
        named.forEach(context.output()::note);
        context.output().one(verdict);
        return (verdict.holds() ? ExitCode.DONE : ExitCode.FAILED).status();
    }

    /** One comparison of the ledger. */
    @FunctionalInterface
    private interface Comparer {
        Verdict compare();
    }

    private Comparer comparer(Target target, AwsClients clients, Path file, List<String> named) {
        StackResources stack = StackResources.of(clients, resources.names(context.settings()));
        Optional<String> events =
                stack.table().filter(table -> TableShape.of(clients, table).holdsEvents());
        BiConsumer<String, String> listener = (outcome, id) -> {
            if (named.size() < limit) {
                named.add(outcome + ": " + id);
            }
        };
        if (events.isEmpty()) {
            JournalVerification journal = byJournal(target, stack);
            return () -> {
                named.clear();
                return journal.run(file, listener);
            };
        }
        EventTable table = new EventTable(clients, events.get());
        if (target.kind() == Target.Kind.AWS) {
            context.output().note(ScanCost.of(table.size(), Long.MAX_VALUE).line());
        }
        Verification verification = Verification.of(
                new EventList(table), new DeadLetterQueue(clients, stack.queueUrl()), new Recovery(clients));
        return () -> {
            named.clear();
            return verification.run(file, listener);
        };
    }

    /** Returns a comparison with the journal, for a stack without a table of the kit's layout. */
    private JournalVerification byJournal(Target target, StackResources stack) {
        if (target.kind() != Target.Kind.EMBEDDED) {
            throw new CliException(
                            "NOT_EVENTS",
                            ExitCode.ENVIRONMENT,
                            "verify needs a table of the kit's layout, or a journal")
                    .because(
                            stack.table()
                                    .map("table '%s' has other keys"::formatted)
                                    .orElse("the stack has no table, or several"),
                            null)
                    .hint("name the table: --table NAME; or verify on an embedded runtime");
        }
        context.output()
                .note("no table of the kit's layout: an event counts as stored when a function has processed its"
                        + " record");
        return new JournalVerification(Control.at(target));
    }
}
