package dev.ingestkit.local.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.QueryDialect;
import java.util.Map;
import java.util.Set;

/** SNS's variant of the query protocol: the plain rules, with maps as entries of a key and a value. Stateless. */
final class SnsQuery {

    private static final String ENTRY = "entry";

    static final QueryDialect DIALECT = new QueryDialect(
            "http://sns.amazonaws.com/doc/2010-03-31/",
            Set.of(
                    "AddPermission",
                    "DeleteTopic",
                    "RemovePermission",
                    "SetSubscriptionAttributes",
                    "SetTopicAttributes",
                    "Unsubscribe"),
            Set.of(ENTRY),
            false,
            (action, members) -> input(members),
            (action, members) -> output(members));

    private SnsQuery() {}

    /** Turns {@code {entry: [{key: a, value: b}]}}, also with the names Name and Value, into {@code {a: b}}. */
    private static ObjectNode input(ObjectNode members) {
        ObjectNode input = AwsOutput.object();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            input.set(member.getKey(), input(member.getValue()));
        }
        return input;
    }

    private static JsonNode input(JsonNode value) {
        if (value instanceof ArrayNode list) {
            ArrayNode read = AwsOutput.object().arrayNode();
            list.forEach(element -> read.add(input(element)));
            return read;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        if (object.size() != 1 || !(object.get(ENTRY) instanceof ArrayNode entries)) {
            return input(object);
        }
        ObjectNode map = AwsOutput.object();
        for (JsonNode entry : entries) {
            JsonNode name = entry.has("key") ? entry.path("key") : entry.path("Name");
            map.set(name.asText(), entry.has("value") ? entry.path("value") : entry.path("Value"));
        }
        return map;
    }

    private static ObjectNode output(ObjectNode members) {
        if (!(members.get("Attributes") instanceof ObjectNode attributes)) {
            return members;
        }
        ObjectNode output = members.deepCopy();
        ArrayNode entries = output.putObject("Attributes").putArray(ENTRY);
        attributes
                .properties()
                .forEach(entry -> entries.addObject().put("key", entry.getKey()).set("value", entry.getValue()));
        return output;
    }
}
