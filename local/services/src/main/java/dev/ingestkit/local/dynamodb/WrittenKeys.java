package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the first item that a request writes, for the filters of injected faults. It reads a tree of the whole body, so
 * it is used only while faults can be due.
 */
final class WrittenKeys {

    private WrittenKeys() {}

    /**
     * An item that a request puts or updates.
     *
     * @param attributes at least the key's attributes, in DynamoDB's JSON
     */
    record Write(String table, JsonNode attributes) {

        /** Returns a key attribute's value as text, whatever its type; empty when the item lacks the attribute. */
        String value(String attribute) {
            for (JsonNode typed : attributes.path(attribute)) {
                return typed.asText();
            }
            return "";
        }

        /** Returns the value of the item's first attribute as text. */
        String firstValue() {
            for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
                return value(attribute.getKey());
            }
            return "";
        }
    }

    /**
     * Returns the first write of a request; empty for other actions and for malformed bodies, which the engine rejects.
     */
    static Optional<Write> first(String action, byte[] body) {
        JsonNode input;
        try {
            input = Json.mapper().readTree(body);
        } catch (IOException malformed) {
            return Optional.empty();
        }
        return switch (action) {
            case "PutItem" -> write(input.path("TableName"), input.path("Item"));
            case "UpdateItem" -> write(input.path("TableName"), input.path("Key"));
            case "BatchWriteItem" -> firstOfBatch(input);
            case "TransactWriteItems" -> firstOfTransaction(input);
            default -> Optional.empty();
        };
    }

    private static Optional<Write> firstOfBatch(JsonNode input) {
        for (Map.Entry<String, JsonNode> table : input.path("RequestItems").properties()) {
            for (JsonNode request : table.getValue()) {
                JsonNode item = request.path("PutRequest").path("Item");
                if (item.isObject()) {
                    return Optional.of(new Write(tableName(table.getKey()), item));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Write> firstOfTransaction(JsonNode input) {
        for (JsonNode step : input.path("TransactItems")) {
            Optional<Write> write = write(
                            step.path("Put").path("TableName"), step.path("Put").path("Item"))
                    .or(() -> write(
                            step.path("Update").path("TableName"),
                            step.path("Update").path("Key")));
            if (write.isPresent()) {
                return write;
            }
        }
        return Optional.empty();
    }

    private static Optional<Write> write(JsonNode table, JsonNode attributes) {
        return attributes.isObject() ? Optional.of(new Write(tableName(table.asText()), attributes)) : Optional.empty();
    }

    /** Returns a table's name; requests may give its ARN instead. */
    private static String tableName(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1);
    }
}
