package dev.ingestkit.cli.aws;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** Reads journal entries from the JSON form that {@link JournalJson} writes. Thread-safe. */
final class JournalParser {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JournalParser() {}

    /**
     * Reads one entry.
     *
     * @throws IOException when the line is not an entry
     * @throws CliException when the entry's kind is unknown, because the runtime is newer than this tool
     */
    static JournalEntry parse(String line) throws IOException {
        JsonNode json = MAPPER.readTree(line);
        JournalEvent event =
                MAPPER.treeToValue(json, type(kind(json.path("kind").asText())));
        return new JournalEntry(
                json.path("number").asLong(), Instant.parse(json.path("at").asText()), event);
    }

    private static JournalEvent.Kind kind(String label) {
        return Arrays.stream(JournalEvent.Kind.values())
                .filter(kind -> JournalJson.label(kind).equals(label))
                .findFirst()
                .orElseThrow(() -> new CliException(
                                "UNKNOWN_ENTRY",
                                ExitCode.ENVIRONMENT,
                                "unknown kind of journal entry '%s'".formatted(label))
                        .because("the runtime is newer than this tool", null)
                        .hint("use the ingest-cli of the runtime's version"));
    }

    private static Class<? extends JournalEvent> type(JournalEvent.Kind kind) {
        return switch (kind) {
            case ACCEPTED -> JournalEvent.Accepted.class;
            case REJECTED -> JournalEvent.Rejected.class;
            case PUT -> JournalEvent.Put.class;
            case QUEUED -> JournalEvent.Queued.class;
            case DELIVERED -> JournalEvent.Delivered.class;
            case ATTEMPT -> JournalEvent.Attempt.class;
            case STORED -> JournalEvent.Stored.class;
            case PARKED -> JournalEvent.Parked.class;
            case DEAD_LETTER -> JournalEvent.DeadLetter.class;
            case FILTERED -> JournalEvent.Filtered.class;
            case EXPIRED -> JournalEvent.Expired.class;
            case DROPPED -> JournalEvent.Dropped.class;
            case FAULT -> JournalEvent.Fault.class;
            case FUNCTION -> JournalEvent.Function.class;
            case INVOKED -> JournalEvent.Invoked.class;
        };
    }
}
