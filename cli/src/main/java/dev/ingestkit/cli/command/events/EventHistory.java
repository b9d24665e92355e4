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
 * Picks one event's entries from the journal. The journal knows records by shard and sequence number, so these are
 * collected first: of records whose partition key is the id, and of those that the table names.
 */
final class EventHistory {

    private final String id;
    private final Set<String> records = new HashSet<>();

    EventHistory(String id) {
        this.id = requireNonNull(id, "id");
    }

    /** The event is, or was, also this record. */
    void addRecord(String shard, String sequenceNumber) {
        records.add(shard + " " + sequenceNumber);
    }

    /** Reads the journal, and once more for what comes before a record is known. */
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
