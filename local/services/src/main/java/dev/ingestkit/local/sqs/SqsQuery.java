package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.QueryDialect;
import java.util.Map;
import java.util.Set;

/**
 * SQS's variant of the query protocol: lists and maps are flat and have names of their own ({@code Attribute.1.Name}
 * for JSON's {@code Attributes}), and all numbers are strings. Stateless.
 */
final class SqsQuery {

    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";
    private static final Set<String> NUMBERS = Set.of(
            "DelaySeconds",
            "VisibilityTimeout",
            "WaitTimeSeconds",
            "MaxNumberOfMessages",
            "MaxResults",
            "MaxNumberOfMessagesPerSecond");
    private static final Map<String, String> LISTS = Map.of(
            "AttributeName", "AttributeNames",
            "MessageAttributeName", "MessageAttributeNames",
            "MessageSystemAttributeName", "MessageSystemAttributeNames",
            "TagKey", "TagKeys",
            "AWSAccountId", "AWSAccountIds",
            "ActionName", "Actions",
            "SendMessageBatchRequestEntry", "Entries",
            "DeleteMessageBatchRequestEntry", "Entries",
            "ChangeMessageVisibilityBatchRequestEntry", "Entries");
    private static final Map<String, String> MAPS = Map.of(
            "Attribute", "Attributes",
            "MessageAttribute", "MessageAttributes",
            "MessageSystemAttribute", "MessageSystemAttributes",
            "Tag", "Tags");
    private static final Set<String> WITHOUT_RESULT = Set.of(
            "AddPermission",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "DeleteQueue",
            "PurgeQueue",
            "RemovePermission",
            "SetQueueAttributes",
            "TagQueue",
            "UntagQueue");
    private static final Set<String> FLATTENED = Set.of(
            "QueueUrl",
            "Attribute",
            "Message",
            "MessageAttribute",
            "Tag",
            "BatchResultErrorEntry",
            "SendMessageBatchResultEntry",
            "DeleteMessageBatchResultEntry",
            "ChangeMessageVisibilityBatchResultEntry",
            "ListMessageMoveTasksResultEntry");

    static final QueryDialect DIALECT = new QueryDialect(
            NAMESPACE, WITHOUT_RESULT, FLATTENED, true, (action, members) -> input(members), SqsQuery::output);

    private SqsQuery() {}

    private static ObjectNode input(ObjectNode members) {
        ObjectNode input = AwsOutput.object();
        members.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (MAPS.containsKey(name)) {
                input.set(MAPS.get(name), map(value));
            } else if (LISTS.containsKey(name)) {
                input.set(LISTS.get(name), list(value));
            } else if (NUMBERS.contains(name) && value.asText().matches("-?[0-9]{1,18}")) {
                input.put(name, Long.parseLong(value.asText()));
            } else {
                input.set(name, value);
            }
        });
        return input;
    }

    /** Converts {@code [{Name: a, Value: b}]} to {@code {a: b}}. Clients may leave out the number of a single entry. */
    private static ObjectNode map(JsonNode entries) {
        ObjectNode map = AwsOutput.object();
        for (JsonNode entry :
                entries.isArray() ? entries : AwsOutput.object().arrayNode().add(entries)) {
            String name = entry.path("Name").asText(entry.path("Key").asText());
            map.set(name, entry.path("Value"));
        }
        return map;
    }

    private static ArrayNode list(JsonNode elements) {
        ArrayNode list = AwsOutput.object().arrayNode();
        if (elements.isTextual() && elements.textValue().isEmpty()) {
            return list;
        }
        for (JsonNode element :
                elements.isArray() ? elements : AwsOutput.object().arrayNode().add(elements)) {
            list.add(element instanceof ObjectNode entry ? input(entry) : element);
        }
        return list;
    }

    private static ObjectNode output(String action, ObjectNode members) {
        ObjectNode output = AwsOutput.object();
        members.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            switch (name) {
                case "QueueUrls", "queueUrls" -> output.set("QueueUrl", value);
                case "Attributes" -> output.set("Attribute", entries(value, "Name"));
                case "MessageAttributes" -> output.set("MessageAttribute", entries(value, "Name"));
                case "Tags" -> output.set("Tag", entries(value, "Key"));
                case "Messages" -> output.set("Message", each(action, value));
                case "Successful" -> output.set(action + "ResultEntry", value);
                case "Failed" -> output.set("BatchResultErrorEntry", value);
                case "Results" -> output.set("ListMessageMoveTasksResultEntry", value);
                default -> output.set(name, value);
            }
        });
        return output;
    }

    private static ArrayNode each(String action, JsonNode messages) {
        ArrayNode list = AwsOutput.object().arrayNode();
        for (JsonNode message : messages) {
            list.add(message instanceof ObjectNode members ? output(action, members) : message);
        }
        return list;
    }

    private static ArrayNode entries(JsonNode map, String nameMember) {
        ArrayNode list = AwsOutput.object().arrayNode();
        map.properties()
                .forEach(entry ->
                        list.addObject().put(nameMember, entry.getKey()).set("Value", entry.getValue()));
        return list;
    }
}
