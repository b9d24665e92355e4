package dev.ingestkit.cli.tail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.StackOutputs;
import dev.ingestkit.cli.deadletter.DeadLetterQueue;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.cli.send.EventEnvelope;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.core.deadletter.DeadLetter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Looks up in a stack's stream and queue what its journal does not hold. Used by one thread. */
public final class StackLookup implements EventWays.Lookup {

    private static final int LETTERS = 1_000;

    private final AwsClients clients;
    private final StackOutputs outputs;
    private final StreamRecords records;

    public StackLookup(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
        this.outputs = StackOutputs.of(clients);
        this.records = new StreamRecords(clients);
    }

    @Override
    public String id(JsonNode put) {
        String stream = put.path("stream").asText();
        return records.data(
                        stream.substring(stream.lastIndexOf('/') + 1),
                        put.path("shardId").asText(),
                        put.path("sequenceNumber").asText())
                .flatMap(EventNaming::bodyId)
                .orElseGet(() -> put.path("partitionKey").asText());
    }

    @Override
    public Map<String, String> parked() {
        Map<String, String> reasons = new HashMap<>();
        for (DeadLetterQueue.Letter letter : new DeadLetterQueue(clients, outputs.queueUrl()).peek(LETTERS)) {
            letter.letter().ifPresent(read -> {
                if (read instanceof DeadLetter.Parked parked) {
                    String code = parked.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
                    reasons.put(
                            EventWays.place(
                                    parked.origin().shard(), parked.origin().sequenceNumber()),
                            code + ": " + parked.reason());
                }
            });
        }
        return reasons;
    }

    /** The event with its payload, in a form that can be sent again. */
    public ObjectNode record(EventWay way) {
        String sequenceNumber = way.sequenceNumber();
        Optional<byte[]> payload = way.shardId() == null || sequenceNumber == null
                ? Optional.empty()
                : records.data(outputs.streamName(), way.shardId(), sequenceNumber);
        ObjectNode fields = (ObjectNode) Output.json(way);
        ObjectNode record =
                payload.map(bytes -> EventEnvelope.ofValue(way.id(), bytes)).orElse(fields);
        record.setAll(fields);
        return record;
    }
}
