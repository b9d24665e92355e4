package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.event.TableShape;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.EventEnvelope;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.JournalEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks up data that the journal does not hold, in a stack's stream and queue. Not thread-safe. */
public final class StackLookup implements EventTracker.Lookup {

    private static final int LETTERS = 1_000;

    private final AwsClients clients;
    private final StackResources stack;
    private final boolean storesById;
    private final StreamRecords records;

    /** Creates a lookup in a stack; asks once for the table's keys. */
    public StackLookup(AwsClients clients, StackResources stack) {
        this.clients = requireNonNull(clients, "clients");
        this.stack = requireNonNull(stack, "stack");
        this.storesById = stack.table()
                .filter(table -> TableShape.of(clients, table).holdsEvents())
                .isPresent();
        this.records = new StreamRecords(clients);
    }

    @Override
    public String id(JournalEvent.Put put) {
        return records.data(Arn.nameIn(put.stream()), put.shardId(), put.sequenceNumber())
                .flatMap(EventNaming::bodyId)
                .orElseGet(put::partitionKey);
    }

    @Override
    public Map<String, String> parked() {
        Map<String, String> reasons = new HashMap<>();
        List<DeadLetterQueue.ReceivedMessage> deadLetters = stack.queue()
                .map(url -> new DeadLetterQueue(clients, url).peek(LETTERS))
                .orElse(List.of());
        for (DeadLetterQueue.ReceivedMessage deadLetter : deadLetters) {
            deadLetter.content().ifPresent(read -> {
                if (read instanceof DeadLetter.Parked parked) {
                    String code = parked.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
                    reasons.put(
                            EventTracker.position(
                                    parked.origin().shard(), parked.origin().sequenceNumber()),
                            code + ": " + parked.reason());
                }
            });
        }
        return reasons;
    }

    @Override
    public boolean storesById() {
        return storesById;
    }

    /** Returns the event with its payload, in a form that can be sent again. */
    public ObjectNode record(EventTrace trace) {
        String sequenceNumber = trace.sequenceNumber();
        String stream = trace.record().stream();
        Optional<byte[]> payload = trace.shardId() == null || sequenceNumber == null || stream == null
                ? Optional.empty()
                : records.data(stream, trace.shardId(), sequenceNumber);
        ObjectNode fields = (ObjectNode) Output.json(trace);
        ObjectNode record =
                payload.map(bytes -> EventEnvelope.ofValue(trace.id(), bytes)).orElse(fields);
        record.setAll(fields);
        return record;
    }
}
