package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which items a call writes, read from its body. */
final class ItemWrites {

    private static final Set<String> ACTIONS = Set.of("PutItem", "UpdateItem", "BatchWriteItem", "TransactWriteItems");
    private static final ObjectMapper JSON = new ObjectMapper();

    private ItemWrites() {}

    /**
     * One item that is put or updated.
     *
     * @param attributes at least the key's attributes
     */
    record Write(String table, JsonNode attributes) {

        /** A key attribute's value as text, whatever its type. */
        String value(String attribute) {
            for (JsonNode typed : attributes.path(attribute)) {
                return typed.asText();
            }
            return "";
        }
    }

    static boolean writes(String action) {
        return ACTIONS.contains(action);
    }

    /** The items; none when the body is not what the action takes, which DynamoDB itself will answer. */
    static List<Write> of(String action, byte[] body) {
        JsonNode input;
        try {
            input = JSON.readTree(body);
        } catch (IOException malformed) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        switch (action) {
            case "BatchWriteItem" -> {
                for (Map.Entry<String, JsonNode> table :
                        input.path("RequestItems").properties()) {
                    for (JsonNode request : table.getValue()) {
                        add(writes, table.getKey(), request.path("PutRequest").path("Item"));
                    }
                }
            }
            case "TransactWriteItems" -> {
                for (JsonNode step : input.path("TransactItems")) {
                    add(
                            writes,
                            step.path("Put").path("TableName").asText(),
                            step.path("Put").path("Item"));
                    add(
                            writes,
                            step.path("Update").path("TableName").asText(),
                            step.path("Update").path("Key"));
                }
            }
            case "PutItem" -> add(writes, input.path("TableName").asText(), input.path("Item"));
            default -> add(writes, input.path("TableName").asText(), input.path("Key"));
        }
        return writes;
    }

    private static void add(List<Write> writes, String table, JsonNode attributes) {
        if (attributes.isObject()) {
            writes.add(new Write(table.substring(table.lastIndexOf('/') + 1), attributes));
        }
    }
}
