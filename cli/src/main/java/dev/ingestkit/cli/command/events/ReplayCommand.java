package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Control;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.option.ResourceOptions;
import dev.ingestkit.cli.option.TargetOptions;
import dev.ingestkit.cli.option.ViaOptions;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SendOutcome;
import dev.ingestkit.cli.tail.StreamRecords;
import dev.ingestkit.core.item.StoredEvent;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.JournalEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Sends a stored event again. */
@Command(
        name = "replay",
        description = "Sends a stored event again, so that every consumer of the stream sees it again.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:accepted", "1:no such event, or not accepted", "4:table, secret or API cannot be reached"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli replay order-17",
            "  ingest-cli replay order-17 -o json --query sequenceNumber",
            "  ingest-cli inspect --since 1h -o name | xargs -n 1 ingest-cli replay"
        })
public final class ReplayCommand implements Callable<Integer> {

    private static final int RETRIES = 5;

    private final CliContext context;

    @Mixin
    TargetOptions targetOptions = new TargetOptions();

    @Mixin
    ResourceOptions resources = new ResourceOptions();

    @Mixin
    ViaOptions via = new ViaOptions();

    @Parameters(arity = "1", paramLabel = "ID", description = "The event's id.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    String id;

    public ReplayCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    @Override
    public Integer call() throws InterruptedException {
        Target target = context.target(targetOptions.request());
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, resources.names(context.settings()));
            byte[] payload = payload(target, clients, stack);
            SendOutcome outcome = via.route(clients, stack, RETRIES).submit(new OutgoingEvent(1, id, payload));
            ObjectNode answer = (ObjectNode) Output.json(outcome);
            answer.remove("number"); // its index in a run of send; a replay has none
            context.output().one(answer);
            return (outcome.accepted() ? ExitCode.DONE : ExitCode.FAILED).status();
        }
    }

    /** Returns the payload from the kit's table; of a stack of the user's own, from the stream. */
    private byte[] payload(Target target, AwsClients clients, StackResources stack) {
        Optional<String> table =
                stack.table().filter(name -> TableShape.of(clients, name).holdsEvents());
        Optional<byte[]> found = table.isPresent()
                ? new EventTable(clients, table.get()).find(id).map(StoredEvent::payload)
                : inStream(target, clients, stack);
        return found.orElseThrow(() -> new CliException(
                        "EVENT_NOT_FOUND",
                        ExitCode.FAILED,
                        table.isPresent()
                                ? "event '%s' is not stored".formatted(id)
                                : "no record of '%s'".formatted(id))
                .hint("if it is a dead letter: ingest-cli dlq list, then ingest-cli dlq redrive --id ID"));
    }

    private Optional<byte[]> inStream(Target target, AwsClients clients, StackResources stack) {
        List<JournalEvent.Put> records = records(target, clients, stack);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        JournalEvent.Put last = records.get(records.size() - 1);
        return new StreamRecords(clients).data(Arn.nameIn(last.stream()), last.shardId(), last.sequenceNumber());
    }

    private List<JournalEvent.Put> records(Target target, AwsClients clients, StackResources stack) {
        if (StreamSearch.suits(target)) {
            return new StreamSearch(clients, id)
                    .entries(stack.streamName()).stream()
                            .map(entry -> (JournalEvent.Put) entry.event())
                            .toList();
        }
        EventHistory history = new EventHistory(id, EventHistory.ChangeReader.none());
        history.read(Control.at(target));
        return history.records();
    }
}
