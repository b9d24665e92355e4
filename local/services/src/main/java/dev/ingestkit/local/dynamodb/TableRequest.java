package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Converts CloudFormation's properties of {@code AWS::DynamoDB::Table} to DynamoDB's requests. Point-in-time recovery
 * and encryption have no effect here and are left out.
 */
final class TableRequest {

    /** The member of a table's stream: opened by a step of its own, under the label that references know. */
    private static final String STREAM = "StreamSpecification";

    private static final List<String> COPIED = List.of(
            "AttributeDefinitions",
            "KeySchema",
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            STREAM,
            "Tags");
    private static final List<String> INDEX_MEMBERS =
            List.of("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TableRequest() {}

    /** Returns the request that creates a table without its stream. */
    static ObjectNode create(String name, JsonNode properties) {
        ObjectNode request = all(name, properties);
        request.remove(STREAM);
        return request;
    }

    private static ObjectNode all(String name, JsonNode properties) {
        ObjectNode request = NODES.objectNode();
        request.put("TableName", name);
        for (String member : COPIED) {
            if (properties.hasNonNull(member)) {
                request.set(member, converted(member, properties.get(member)));
            }
        }
        if (!request.has("BillingMode")) {
            request.put("BillingMode", request.has("ProvisionedThroughput") ? "PROVISIONED" : "PAY_PER_REQUEST");
        }
        return request;
    }

    /** One call of the API. */
    record Call(String action, ObjectNode input) {}

    /**
     * Returns the calls that change a table from one template's properties to another's, except for those that open its
     * stream.
     *
     * @throws ServiceException for a change that needs another table
     */
    static List<Call> updates(String name, JsonNode before, JsonNode now) {
        ObjectNode from = all(name, before);
        ObjectNode to = all(name, now);
        if (!from.path("KeySchema").equals(to.path("KeySchema"))
                || !from.path("LocalSecondaryIndexes").equals(to.path("LocalSecondaryIndexes"))) {
            throw ServiceException.badRequest(
                    "ValidationException", "its keys need another table: give the table another name, or delete it");
        }
        List<Call> calls = new ArrayList<>();
        ObjectNode plain = update(name);
        for (String member : List.of("BillingMode", "ProvisionedThroughput")) {
            if (to.has(member) && !from.path(member).equals(to.path(member))) {
                plain.set(member, to.get(member));
            }
        }
        if (from.has(STREAM) && !from.get(STREAM).equals(to.path(STREAM))) {
            plain.putObject(STREAM).put("StreamEnabled", false);
        }
        if (plain.size() > 1) {
            calls.add(new Call("UpdateTable", plain));
        }
        indexes(name, from, to, calls);
        timeToLive(name, before.path("TimeToLiveSpecification"), now.path("TimeToLiveSpecification"), calls);
        return calls;
    }

    private static ObjectNode update(String name) {
        return NODES.objectNode().put("TableName", name);
    }

    /** Adds a call for each index: DynamoDB changes one at a time. */
    private static void indexes(String name, ObjectNode from, ObjectNode to, List<Call> calls) {
        Map<String, JsonNode> old = indexes(from);
        Map<String, JsonNode> wanted = indexes(to);
        old.forEach((index, definition) -> {
            if (!definition.equals(wanted.get(index))) {
                ObjectNode call = update(name);
                call.putArray("GlobalSecondaryIndexUpdates")
                        .addObject()
                        .putObject("Delete")
                        .put("IndexName", index);
                calls.add(new Call("UpdateTable", call));
            }
        });
        wanted.forEach((index, definition) -> {
            if (!definition.equals(old.get(index))) {
                ObjectNode call = update(name);
                call.set("AttributeDefinitions", to.path("AttributeDefinitions"));
                call.putArray("GlobalSecondaryIndexUpdates").addObject().set("Create", definition);
                calls.add(new Call("UpdateTable", call));
            }
        });
    }

    private static Map<String, JsonNode> indexes(ObjectNode request) {
        Map<String, JsonNode> indexes = new TreeMap<>();
        request.path("GlobalSecondaryIndexes")
                .forEach(index -> indexes.put(index.path("IndexName").asText(), index));
        return indexes;
    }

    private static void timeToLive(String name, JsonNode before, JsonNode now, List<Call> calls) {
        if (before.equals(now)) {
            return;
        }
        boolean enabled = now.path("Enabled").asBoolean();
        if (before.path("Enabled").asBoolean()) {
            calls.add(timeToLive(name, before, false));
        }
        if (enabled) {
            calls.add(timeToLive(name, now, true));
        }
    }

    private static Call timeToLive(String name, JsonNode specification, boolean enabled) {
        ObjectNode call = update(name);
        call.putObject("TimeToLiveSpecification")
                .put("AttributeName", specification.path("AttributeName").asText())
                .put("Enabled", enabled);
        return new Call("UpdateTimeToLive", call);
    }

    private static JsonNode converted(String member, JsonNode value) {
        if (member.equals("ProvisionedThroughput")) {
            return throughput(value);
        }
        if (!member.endsWith("Indexes")) {
            return value;
        }
        var indexes = NODES.arrayNode();
        for (JsonNode index : value) {
            ObjectNode kept = indexes.addObject();
            for (String name : INDEX_MEMBERS) {
                if (index.hasNonNull(name)) {
                    kept.set(name, converted(name, index.get(name)));
                }
            }
        }
        return indexes;
    }

    /** Converts a throughput; templates may give its numbers as text. */
    private static ObjectNode throughput(JsonNode value) {
        return NODES.objectNode()
                .put("ReadCapacityUnits", value.path("ReadCapacityUnits").asLong(5))
                .put("WriteCapacityUnits", value.path("WriteCapacityUnits").asLong(5));
    }
}
