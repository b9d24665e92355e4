package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Selects one event's entries from the journal. The journal names records by shard and sequence number, so these are
 * collected first: from records whose partition key is the id, and from the table's item.
 */
final class EventHistory {

    private final String id;
    private final Set<String> records = new HashSet<>();

    EventHistory(String id) {
        this.id = requireNonNull(id, "id");
    }

    /** Adds a record that carries, or carried, the event. */
    void addRecord(String shard, String sequenceNumber) {
        records.add(shard + " " + sequenceNumber);
    }

    /** Reads the journal, twice if entries precede the first one that names a record. */
    List<JsonNode> read(ControlClient control) {
        control.journal(0, entry -> {
            if (text(entry, "kind").equals("put") && text(entry, "partitionKey").equals(id)) {
                addRecord(text(entry, "shardId"), text(entry, "sequenceNumber"));
            }
            return true;
        });
        List<JsonNode> history = new ArrayList<>();
        control.journal(0, entry -> {
            if (concerns(entry)) {
                history.add(entry);
            }
            return true;
        });
        return history;
    }

    private boolean concerns(JsonNode entry) {
        return switch (text(entry, "kind")) {
            case "put", "accepted" -> records.contains(text(entry, "shardId") + " " + text(entry, "sequenceNumber"));
            case "delivered", "attempt", "dead-letter" -> inRange(entry);
            case "stored" -> text(entry, "key").equals(id);
            default -> false;
        };
    }

    private boolean inRange(JsonNode entry) {
        String shard = text(entry, "shardId") + " ";
        BigInteger first = new BigInteger(text(entry, "firstSequenceNumber"));
        BigInteger last = new BigInteger(text(entry, "lastSequenceNumber"));
        return records.stream()
                .filter(record -> record.startsWith(shard))
                .map(record -> new BigInteger(record.substring(shard.length())))
                .anyMatch(number -> number.compareTo(first) >= 0 && number.compareTo(last) <= 0);
    }

    private static String text(JsonNode entry, String name) {
        return entry.path(name).asText();
    }
}
