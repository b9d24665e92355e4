package dev.ingestkit.core.item;

import dev.ingestkit.core.item.AttributeValue.BinaryValue;
import dev.ingestkit.core.item.AttributeValue.ListValue;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.AttributeValue.NumberValue;
import dev.ingestkit.core.item.AttributeValue.StringValue;
import java.util.Map;

/**
 * Computes the size of an item as DynamoDB counts it, which is not the size of its JSON: names and text in UTF-8,
 * numbers in pairs of digits, three bytes for a list or map and one for each of its elements.
 */
final class ItemSize {

    /** DynamoDB's limit: 400 KB. */
    static final int MAX_BYTES = 400 * 1024;

    private static final int CONTAINER_BYTES = 3;
    private static final int ELEMENT_BYTES = 1;

    private ItemSize() {}

    static int of(Item item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.attributes().entrySet()) {
            size += Utf8.length(attribute.getKey()) + of(attribute.getValue());
        }
        return size;
    }

    static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> Utf8.length(((StringValue) value).value());
            case N -> Decimal.of(((NumberValue) value).value()).size();
            case B -> ((BinaryValue) value).value().length;
            case BOOL, NULL -> 1;
            case L -> of((ListValue) value);
            case M -> of((MapValue) value);
        };
    }

    private static int of(ListValue list) {
        int size = CONTAINER_BYTES;
        for (AttributeValue element : list.values()) {
            size += ELEMENT_BYTES + of(element);
        }
        return size;
    }

    private static int of(MapValue map) {
        int size = CONTAINER_BYTES;
        for (Map.Entry<String, AttributeValue> element : map.values().entrySet()) {
            size += ELEMENT_BYTES + Utf8.length(element.getKey()) + of(element.getValue());
        }
        return size;
    }
}
