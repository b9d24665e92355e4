package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.tail.StreamRecords;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.JournalJson;
import dev.ingestkit.local.journal.RecordIndex;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a capsule of a batch that has failed in an embedded runtime, by its journal and its stream. Not thread-safe. */
public final class CapsuleRecorder {

    private final ControlClient control;
    private final AwsClients clients;
    private final Clock clock;
    private final RecordIndex<JournalEntry> records = new RecordIndex<>();
    private final Map<String, String> streams = new HashMap<>();
    private final List<JournalEntry> failures = new ArrayList<>();

    /** Creates a recorder for one runtime. */
    public CapsuleRecorder(ControlClient control, AwsClients clients, Clock clock) {
        this.control = requireNonNull(control, "control");
        this.clients = requireNonNull(clients, "clients");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Records the last failed batch.
     *
     * @param id a partition key or sequence number of one of its records; null for any batch
     * @param name the capsule's name; null for one made of function and sequence number
     */
    public Capsule record(@Nullable String id, @Nullable String name) {
        control.journal(0, entry -> {
            take(entry);
            return true;
        });
        for (int index = failures.size() - 1; index >= 0; index--) {
            JournalEvent.Attempt attempt =
                    (JournalEvent.Attempt) failures.get(index).event();
            List<JournalEntry> batch = records.in(records.shardOf(attempt), attempt.range());
            if (!batch.isEmpty() && (id == null || batch.stream().anyMatch(entry -> isNamed(entry, id)))) {
                return capsule(attempt, batch, name);
            }
        }
        throw new CliException(
                        "NO_FAILURE",
                        ExitCode.FAILED,
                        id == null ? "no batch has failed" : "no batch with the event '%s' has failed".formatted(id))
                .hint("see what happened: ingest-cli tail");
    }

    private void take(JournalEntry entry) {
        JournalEvent event = entry.event();
        switch (event.kind()) {
            case PUT -> records.add((JournalEvent.Put) event, entry);
            case DELIVERED -> {
                JournalEvent.Delivered batch = (JournalEvent.Delivered) event;
                records.shardOf(batch);
                streams.put(batch.mapping(), batch.stream());
            }
            case ATTEMPT -> {
                Outcome outcome = ((JournalEvent.Attempt) event).result().outcome();
                if (outcome == Outcome.FAILED || outcome == Outcome.PARTIAL) {
                    failures.add(entry);
                }
            }
            case ACCEPTED, REJECTED, STORED, PARKED, DEAD_LETTER, FILTERED, EXPIRED, FAULT, FUNCTION, INVOKED -> {
                // No other entry belongs in a capsule.
            }
        }
    }

    private static boolean isNamed(JournalEntry entry, String id) {
        JournalEvent.Put put = (JournalEvent.Put) entry.event();
        return put.partitionKey().equals(id) || put.sequenceNumber().equals(id);
    }

    private Capsule capsule(JournalEvent.Attempt attempt, List<JournalEntry> batch, @Nullable String name) {
        JsonNode status = control.status();
        String functionName = Arn.functionNameIn(attempt.function());
        String function = logicalId(status, functionName);
        JsonNode mapping = find(status.path("mappings"), "uuid", attempt.mapping());
        String stream = mapping.path("source").asText(streams.getOrDefault(attempt.mapping(), ""));
        String number = attempt.range().firstSequenceNumber();
        return new Capsule(
                name == null ? function + "-" + number.substring(Math.max(0, number.length() - 12)) : name,
                clock.instant(),
                failure(attempt),
                new Capsule.Source(function, stream, attempt.range().shardId(), code(functionName)),
                items(stream, batch),
                circumstances(attempt, mapping, find(status.path("functions"), "name", functionName)));
    }

    private static String failure(JournalEvent.Attempt attempt) {
        AttemptResult result = attempt.result();
        return result.error() != null
                ? result.error()
                : "%d of %d records failed"
                        .formatted(result.failed(), attempt.range().records());
    }

    private static String logicalId(JsonNode status, String function) {
        for (JsonNode resource : status.path("resources")) {
            if (resource.path("type").asText().equals("AWS::Lambda::Function")
                    && resource.path("physicalId").asText().equals(function)) {
                return resource.path("logicalId").asText();
            }
        }
        return function;
    }

    private String code(String function) {
        String hash = clients.lambda()
                .getFunctionConfiguration(request -> request.functionName(function))
                .codeSha256();
        return hash == null ? "" : hash;
    }

    private List<Capsule.Item> items(String stream, List<JournalEntry> batch) {
        StreamRecords reader = new StreamRecords(clients);
        List<Capsule.Item> items = new ArrayList<>();
        for (JournalEntry entry : batch) {
            JournalEvent.Put put = (JournalEvent.Put) entry.event();
            byte[] data = reader.data(Arn.nameIn(stream), put.shardId(), put.sequenceNumber())
                    .orElseThrow(() -> new CliException(
                            "RECORD_EXPIRED",
                            ExitCode.FAILED,
                            "the record '%s' has expired from the stream".formatted(put.sequenceNumber())));
            items.add(new Capsule.Item(put.sequenceNumber(), put.partitionKey(), entry.at(), data));
        }
        return items;
    }

    private ObjectNode circumstances(JournalEvent.Attempt attempt, JsonNode mapping, JsonNode function) {
        ObjectNode all = Json.mapper().createObjectNode();
        ArrayNode attempts = all.putArray("attempts");
        for (JournalEntry entry : failures) {
            JournalEvent.Attempt other = (JournalEvent.Attempt) entry.event();
            if (other.mapping().equals(attempt.mapping())
                    && attempt.range()
                            .holds(other.range().shardId(), other.range().first())) {
                attempts.add(JournalJson.of(entry));
            }
        }
        all.set("mapping", mapping);
        all.set("function", function);
        all.set("faults", control.faults());
        all.set("clock", control.clock());
        return all;
    }

    private static JsonNode find(JsonNode list, String field, String value) {
        for (JsonNode one : list) {
            if (one.path(field).asText().equals(value)) {
                return one;
            }
        }
        return Json.mapper().nullNode();
    }
}
