package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.output.CliException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The table, read while faults strike it: a read that fails is one to repeat. Thread-safe. */
final class StoredEvents {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final EventTable table;

    StoredEvents(EventTable table) {
        this.table = requireNonNull(table, "table");
    }

    /** The payload under an id; empty when there is none or the read was struck. */
    Optional<JsonNode> payload(String id) {
        try {
            return table.find(id).map(event -> json(event.payload()));
        } catch (CliException struck) {
            return Optional.empty();
        }
    }

    static JsonNode json(byte[] payload) {
        try {
            return MAPPER.readTree(payload);
        } catch (IOException malformed) {
            throw new UncheckedIOException("a stored event is no JSON", malformed);
        }
    }
}
