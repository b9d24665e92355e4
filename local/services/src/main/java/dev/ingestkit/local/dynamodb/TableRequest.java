package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Converts CloudFormation's properties of {@code AWS::DynamoDB::Table} to DynamoDB's requests. Point-in-time recovery and
 * encryption have no effect here and are left out; a stream is opened once the table is there.
 */
final class TableRequest {

    private static final List<String> COPIED = List.of(
            "AttributeDefinitions",
            "KeySchema",
            "BillingMode",
            "ProvisionedThroughput",
            "GlobalSecondaryIndexes",
            "LocalSecondaryIndexes",
            "Tags");
    private static final List<String> INDEX_MEMBERS =
            List.of("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private TableRequest() {}

    static ObjectNode create(String name, JsonNode properties) {
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
