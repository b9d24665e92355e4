package dev.ingestkit.local.table.api.request;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes attribute values as DynamoDB's Java objects print themselves: all sixteen fields, one of them filled in. */
final class AttributeText {
    private static final List<String> FIELDS = List.of(
            "s",
            "n",
            "b",
            "iNT",
            "dECIMAL",
            "dOUBLE",
            "sS",
            "nS",
            "bS",
            "iNTSET",
            "dECIMALSET",
            "dOUBLESET",
            "m",
            "l",
            "nULL",
            "bOOL");

    private AttributeText() {}

    /** Returns the text of an item, an attribute value, or anything that prints itself. */
    static String of(@Nullable Object value) {
        if (value instanceof Item item) {
            return map(item.asMap());
        }
        return value instanceof Value attribute ? attribute(attribute) : String.valueOf(value);
    }

    private static String attribute(Value value) {
        String field = field(value.type());
        return FIELDS.stream()
                .map(name -> name + "=" + (name.equals(field) ? content(value) : "null"))
                .collect(Collectors.joining(", ", "AttributeValue(", ")"));
    }

    private static String field(ValueType type) {
        String name = type.name();
        return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
    }

    private static String content(Value value) {
        return switch (value.type()) {
            case S -> value.string();
            case N -> value.number().toString();
            case B -> {
                int length = value.payloadLength();
                yield "java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]";
            }
            case BOOL -> String.valueOf(value.bool());
            case NULL -> "true";
            case M -> map(value);
            case L -> elements(value, true);
            case SS, NS, BS -> elements(value, false);
        };
    }

    private static String elements(Value value, boolean attributes) {
        List<String> texts = new ArrayList<>();
        value.elements().forEach(element -> texts.add(attributes ? attribute(element) : content(element)));
        return "[" + String.join(", ", texts) + "]";
    }

    private static String map(Value map) {
        Map<String, String> entries = new HashMap<>();
        MapCursor cursor = map.entries();
        while (cursor.next()) {
            entries.put(cursor.name(), attribute(cursor.value()));
        }
        return entries.toString();
    }
}
