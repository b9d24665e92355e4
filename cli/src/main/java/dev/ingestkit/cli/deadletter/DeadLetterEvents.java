package dev.ingestkit.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ingestkit.cli.deadletter.DeadLetterQueue.ReceivedMessage;
import dev.ingestkit.cli.deadletter.Recovery.Recovered;
import dev.ingestkit.cli.event.PayloadTree;
import dev.ingestkit.cli.event.ValueSearch;
import dev.ingestkit.cli.send.EventNaming;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The events of a dead letter as a filter sees them: {@code events}, each with {@code partitionKey}, {@code
 * sequenceNumber}, {@code arrivedAt} and {@code payload}; and for a single event also {@code payload} beside the dead
 * letter's own fields. A payload is JSON where it is valid JSON, otherwise text. Stateless.
 */
public final class DeadLetterEvents {

    static final String EVENTS = "events";
    static final String PAYLOAD = "payload";

    private DeadLetterEvents() {}

    static void addTo(ObjectNode deadLetter, Recovered recovered) {
        ArrayNode events = deadLetter.putArray(EVENTS);
        for (ShardRecord record : recovered.records()) {
            JsonNode payload = payload(record.data());
            events.addObject()
                    .put("partitionKey", record.origin().partitionKey())
                    .put("sequenceNumber", record.origin().sequenceNumber())
                    .put("arrivedAt", record.origin().arrivedAt().toString())
                    .set(PAYLOAD, payload);
            if (recovered.records().size() == 1) {
                deadLetter.set(PAYLOAD, payload);
            }
        }
    }

    /** Returns the id of the only event among the records of a dead letter. */
    public static Optional<String> onlyId(Recovered recovered) {
        if (recovered.records().size() != 1) {
            return Optional.empty();
        }
        ShardRecord record = recovered.records().get(0);
        return Optional.of(
                EventNaming.bodyId(record.data()).orElse(record.origin().partitionKey()));
    }

    private static JsonNode payload(byte[] data) {
        return PayloadTree.of(data).orElseGet(() -> TextNode.valueOf(new String(data, StandardCharsets.UTF_8)));
    }

    /**
     * Searches the events of a dead letter for an id. Reads the records of a range from the stream.
     *
     * @return the origin of the event's record in the stream; empty when the id is not among the events
     */
    public static Optional<RecordOrigin> find(ReceivedMessage deadLetter, String eventId, Recovery recovery) {
        DeadLetter known = deadLetter.content().orElse(null);
        if (known == null) {
            return Optional.empty();
        }
        return switch (known.kind()) {
            case PARKED -> {
                DeadLetter.Parked parked = (DeadLetter.Parked) known;
                yield Optional.of(parked.origin())
                        .filter(origin ->
                                parked.id().orElse(origin.partitionKey()).equals(eventId));
            }
            case ON_FAILURE -> findInRange(deadLetter, eventId, recovery);
        };
    }

    /** Returns whether a message that holds its event whole has the id, or its event holds it. */
    public static boolean isWhole(ReceivedMessage deadLetter, String eventId) {
        return deadLetter.whole().isPresent()
                && (deadLetter.messageId().equals(eventId) || ValueSearch.holds(deadLetter.body(), eventId));
    }

    private static Optional<RecordOrigin> findInRange(ReceivedMessage deadLetter, String eventId, Recovery recovery) {
        return recovery.of(deadLetter).stream()
                .flatMap(recovered -> recovered.records().stream())
                .filter(record -> EventNaming.bodyId(record.data())
                        .orElse(record.origin().partitionKey())
                        .equals(eventId))
                .map(ShardRecord::origin)
                .findFirst();
    }
}
