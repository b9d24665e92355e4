package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.deadletter.DeadLetterEvents;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.deadletter.DeadLetterScan;
import dev.ingestkit.cli.deadletter.DeadLetterVisitor;
import dev.ingestkit.cli.deadletter.Recovery;
import dev.ingestkit.cli.deadletter.TableChanges;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.PlainTable;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.option.DurationConverter;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Waits until an event is in a state, or a function runs its new code, for scripts. */
@Command(
        name = "wait",
        description = {
            "Waits until an event is stored, processed or dead, or until new code is loaded.",
            "Exits with 6 when the time runs out."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the state is reached",
            "1:reloaded: the latest build cannot be loaded",
            "4:table, queue or journal cannot be read",
            "6:the time ran out"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli wait --for stored --id order-1 --timeout 30s",
            "  ingest-cli wait --for dead --id order-2 -o json",
            "  mvn -q package && ingest-cli wait --for reloaded && ingest-cli dlq redrive",
            "  ingest-cli wait --for stored --id order-1 --timeout 2m || ingest-cli trace order-1"
        })
public final class WaitCommand implements Runnable {

    /** The state to wait for. */
    enum End {
        STORED,
        PROCESSED,
        DEAD,
        RELOADED
    }

    /** The state that an event has reached; the components are its JSON form. */
    record Waited(String id, String state, long waitedMillis) {}

    /**
     * A reload that has ended, which belongs to no event; the components are its JSON form.
     *
     * @param template the parts of the template's last change, one line each
     */
    record Reloaded(String state, long waitedMillis, List<String> template) {}

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Option(
            names = "--for",
            required = true,
            paramLabel = "STATE",
            description = {
                "stored: in the table (your own table: under the id as partition key).",
                "processed: delivered, and the function succeeded, for each message with the id (embedded runtime only).",
                "dead: in the dead letter queue: parked, in a range of records that the mapping gave up on, or moved.",
                "reloaded: the functions run the latest build (embedded runtime only; --function names one)."
            })
    End end = End.STORED;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description =
                    "The event's id, partition key or sequence number, its message's id, or an id in the message's body.")
    @Nullable
    String id;

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
        if ((id == null) != (end == End.RELOADED)) {
            throw new CliException(
                    "USAGE",
                    ExitCode.USAGE,
                    id == null ? "--for %s needs --id".formatted(state()) : "--for reloaded takes no --id");
        }
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            if (end == End.RELOADED) {
                Reloads reloads = new Reloads(Control.at(target), resources.given(ResourceKind.FUNCTION));
                long millis = await(reloads::done, began);
                context.output().one(new Reloaded(state(), millis, reloads.template()));
            } else {
                String event = String.valueOf(id);
                long millis = await(condition(target, clients, stack, event), began);
                context.output().one(new Waited(event, state(), millis));
            }
        }
    }

    /** Waits for a condition; returns the time since the command began, in milliseconds. */
    private long await(BooleanSupplier condition, long began) {
        if (!Waiting.growing(condition, timeout)) {
            throw timedOut();
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private CliException timedOut() {
        if (end == End.RELOADED) {
            return new CliException(
                            "WAITED_IN_VAIN",
                            ExitCode.TIMEOUT,
                            "the new code was not loaded after %s".formatted(text(timeout)))
                    .hint("see the functions: ingest-cli status, ingest-cli logs");
        }
        return new CliException(
                        "WAITED_IN_VAIN",
                        ExitCode.TIMEOUT,
                        "event '%s' is not %s after %s".formatted(id, state(), text(timeout)))
                .hint("see its history: ingest-cli trace '" + id + "'");
    }

    private String state() {
        return end.name().toLowerCase(Locale.ROOT);
    }

    private BooleanSupplier condition(Target target, AwsClients clients, StackResources stack, String event) {
        return switch (end) {
            case STORED -> stored(clients, stack.tableName(), event);
            case PROCESSED -> processed(Control.at(target), new EventHistory(event, new TableChanges(clients)::of));
            case DEAD -> dead(new DeadLetterQueue(clients, stack.queueUrl()), new Recovery(clients), event);
            case RELOADED -> throw new IllegalStateException("no event is waited for");
        };
    }

    private static BooleanSupplier stored(AwsClients clients, String table, String event) {
        TableShape shape = TableShape.of(clients, table);
        if (shape.holdsEvents()) {
            EventTable events = new EventTable(clients, table);
            return () -> events.find(event).isPresent();
        }
        PlainTable items = new PlainTable(clients, shape);
        return () -> !items.find(event).isEmpty();
    }

    private static BooleanSupplier processed(ControlClient control, EventHistory history) {
        return () -> history.isProcessed(history.read(control));
    }

    private static BooleanSupplier dead(DeadLetterQueue queue, Recovery recovery, String event) {
        return () -> {
            boolean[] found = new boolean[1];
            new DeadLetterScan(queue).visit(deadLetter -> {
                found[0] |= DeadLetterEvents.isWhole(deadLetter, event)
                        || DeadLetterEvents.find(deadLetter, event, recovery).isPresent();
                return found[0] ? DeadLetterVisitor.Step.STOP : DeadLetterVisitor.Step.LEAVE;
            });
            return found[0];
        };
    }

    private static String text(Duration time) {
        return time.toMillis() < 1_000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}
