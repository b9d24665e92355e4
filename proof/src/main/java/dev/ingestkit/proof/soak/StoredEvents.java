package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.event.EventTable;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads the table while faults are injected: a failed read is repeated by the caller. Thread-safe. */
final class StoredEvents {

    private final EventTable table;

    StoredEvents(EventTable table) {
        this.table = requireNonNull(table, "table");
    }

    /** Returns the payload of an id; empty when there is none or a fault failed the read. */
    Optional<JsonNode> payload(String id) {
        try {
            return table.find(id).map(event -> json(event.payload()));
        } catch (CliException injected) {
            return Optional.empty();
        }
    }

    static JsonNode json(byte[] payload) {
        try {
            return Json.mapper().readTree(payload);
        } catch (IOException malformed) {
            throw new UncheckedIOException("a stored event is not JSON", malformed);
        }
    }
}
