package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.LetterEvents;
import dev.ingestkit.cli.deadletter.LetterScan;
import dev.ingestkit.cli.deadletter.LetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits until an event is stored or dead, for scripts. */
@Command(
        name = "wait",
        description = "Waits until an event is stored or dead. Exits with 6 when the time runs out.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the event is stored or dead", "4:table or queue cannot be read", "6:the time ran out"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli wait --for stored --id order-1 --timeout 30s",
            "  ingest-cli wait --for dead --id order-2 -o json",
            "  ingest-cli wait --for stored --id order-1 --timeout 2m || ingest-cli trace order-1"
        })
public final class WaitCommand implements Runnable {

    /** The state to wait for. */
    enum End {
        STORED,
        DEAD
    }

    /** The state reached; the components are its JSON form. */
    record Waited(String id, String state, long millis) {}

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "END",
            description =
                    "stored: in the table. dead: in the dead letter queue, parked or in a range the mapping gave up on.")
    End end = End.STORED;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "The event's id.")
    String id = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "30s",
            description = "Waits at most this time (default: 30s).")
    Duration timeout = Duration.ofSeconds(30);

    public WaitCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        try (AwsClients clients = new AwsClients(context.target(targetOptions.request()))) {
            StackOutputs outputs = StackOutputs.of(clients);
            BooleanSupplier there = switch (end) {
                case STORED -> stored(new EventTable(clients, outputs.tableName()));
                case DEAD -> dead(new DeadLetterQueue(clients, outputs.queueUrl()), new Recovery(clients));
            };
            if (!Waiting.growing(there, timeout)) {
                throw new CliException(
                                "WAITED_IN_VAIN",
                                ExitCode.TIMEOUT,
                                "event '%s' is not %s after %s".formatted(id, state(), text(timeout)))
                        .hint("see its history: ingest-cli trace '" + id + "'");
            }
        }
        context.output().one(new Waited(id, state(), (System.nanoTime() - began) / 1_000_000));
    }

    private String state() {
        return end.name().toLowerCase(Locale.ROOT);
    }

    private BooleanSupplier stored(EventTable table) {
        return () -> table.find(id).isPresent();
    }

    private BooleanSupplier dead(DeadLetterQueue queue, Recovery recovery) {
        return () -> {
            boolean[] found = new boolean[1];
            new LetterScan(queue).visit(letter -> {
                found[0] |= LetterEvents.find(letter, id, recovery).isPresent();
                return found[0] ? LetterVisitor.Step.STOP : LetterVisitor.Step.LEAVE;
            });
            return found[0];
        };
    }

    private static String text(Duration time) {
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
