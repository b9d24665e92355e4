package dev.ingestkit.cli.event;

import dev.ingestkit.core.item.AttributeValue;
import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** Converts the SDK's items to the core's. */
final class Items {

    /** The projection of a summary: a first part without its payload. */
    static final String SUMMARY = "#id, #part, #ingest";

    /** The names in {@link #SUMMARY}. */
    static final Map<String, String> SUMMARY_NAMES =
            Map.of("#id", ItemLayout.EVENT_ID, "#part", ItemLayout.PART, "#ingest", ItemLayout.INGEST);

    private Items() {}

    static Item of(Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item) {
        return new Item(map(item));
    }

    private static Map<String, AttributeValue> map(
            Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> attributes) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static AttributeValue value(software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
        return switch (value.type()) {
            case S -> new AttributeValue.StringValue(value.s());
            case N -> new AttributeValue.NumberValue(value.n());
            case B -> new AttributeValue.BinaryValue(value.b().asByteArray());
            case BOOL -> new AttributeValue.BooleanValue(value.bool());
            case NUL -> new AttributeValue.NullValue();
            case L ->
                new AttributeValue.ListValue(
                        value.l().stream().map(Items::value).toList());
            case M -> new AttributeValue.MapValue(map(value.m()));
            case SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException(
                        "unexpected attribute type %s: no event has one".formatted(value.type()));
        };
    }
}
