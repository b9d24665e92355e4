package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the items that a request writes, for the filters of injected faults. The search reads the whole body as a tree,
 * so it is used only while faults can be due.
 */
final class WrittenKeys {

    private static final Pattern INSERT = Pattern.compile(
            "\\s*INSERT\\s+INTO\\s+\"?(?<table>[^\"\\s]+)\"?\\s+VALUE\\s*(?<item>\\{.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern PARAMETER = Pattern.compile("'(?<name>(?:[^']|'')*)'\\s*:\\s*\\?");

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

    /** Returns the members of a batch of statements; empty for a malformed body, which the engine rejects. */
    static Optional<ObjectNode> statements(byte[] body) {
        try {
            return Json.mapper().readTree(body) instanceof ObjectNode request
                            && request.path("Statements").isArray()
                    ? Optional.of(request)
                    : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the item that each statement of a batch inserts by parameters; empty for other statements. */
    static List<Optional<Write>> ofStatements(ObjectNode request) {
        List<Optional<Write>> writes = new ArrayList<>();
        request.path("Statements").forEach(statement -> writes.add(inserted(statement)));
        return writes;
    }

    private static Optional<Write> inserted(JsonNode statement) {
        Matcher insert = INSERT.matcher(statement.path("Statement").asText());
        if (!insert.matches()) {
            return Optional.empty();
        }
        ObjectNode item = Json.mapper().createObjectNode();
        Matcher names = PARAMETER.matcher(insert.group("item"));
        for (int at = 0; names.find(); at++) {
            item.set(
                    names.group("name").replace("''", "'"),
                    statement.path("Parameters").path(at));
        }
        return Optional.of(new Write(insert.group("table"), item));
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
