package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.core.item.AttributeValue;
import dev.ingestkit.core.item.Item;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads DynamoDB's own JSON: as plain JSON, independently of the project's codec, and as the codec's items. */
final class DynamoJson {

    private static final Set<String> OWN = Set.of("eventId", "part", "_ingest", "_expires");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DynamoJson() {}

    /** Returns the event's own fields. The event must not have fields named like the table's own attributes. */
    static JsonNode event(JsonNode item) {
        ObjectNode event = NODES.objectNode();
        item.properties().forEach(field -> {
            if (!OWN.contains(field.getKey())) {
                event.set(field.getKey(), plain(field.getValue()));
            }
        });
        return event;
    }

    private static JsonNode plain(JsonNode attribute) {
        String type = attribute.fieldNames().next();
        JsonNode value = attribute.get(type);
        return switch (type) {
            case "S", "BOOL" -> value;
            case "N" -> NODES.numberNode(new BigDecimal(value.asText()));
            case "NULL" -> NODES.nullNode();
            case "L" -> {
                ArrayNode list = NODES.arrayNode();
                value.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case "M" -> {
                ObjectNode map = NODES.objectNode();
                value.properties().forEach(field -> map.set(field.getKey(), plain(field.getValue())));
                yield map;
            }
            default ->
                throw new IllegalArgumentException("an attribute of type " + type + ": events have no such attribute");
        };
    }

    static Item item(JsonNode item) {
        return new Item(map(item));
    }

    private static Map<String, AttributeValue> map(JsonNode attributes) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        attributes.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
        return values;
    }

    private static AttributeValue value(JsonNode attribute) {
        String type = attribute.fieldNames().next();
        JsonNode value = attribute.get(type);
        return switch (type) {
            case "S" -> new AttributeValue.StringValue(value.asText());
            case "N" -> new AttributeValue.NumberValue(value.asText());
            case "B" -> new AttributeValue.BinaryValue(Base64.getDecoder().decode(value.asText()));
            case "BOOL" -> new AttributeValue.BooleanValue(value.asBoolean());
            case "NULL" -> new AttributeValue.NullValue();
            case "L" -> {
                List<AttributeValue> list = new ArrayList<>();
                value.forEach(element -> list.add(value(element)));
                yield new AttributeValue.ListValue(list);
            }
            case "M" -> new AttributeValue.MapValue(map(value));
            default ->
                throw new IllegalArgumentException("an attribute of type " + type + ": events have no such attribute");
        };
    }
}
