package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.AttributeValue.BinaryValue;
import dev.ingestkit.core.item.AttributeValue.BooleanValue;
import dev.ingestkit.core.item.AttributeValue.ListValue;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.AttributeValue.NumberValue;
import dev.ingestkit.core.item.AttributeValue.StringValue;
import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts between the core module's attribute values and the SDK's. */
final class SdkAttributes {

    private SdkAttributes() {}

    static Map<String, AttributeValue> of(Item item) {
        return of(item.attributes());
    }

    private static Map<String, AttributeValue> of(Map<String, dev.ingestkit.core.item.AttributeValue> values) {
        Map<String, AttributeValue> translated = new LinkedHashMap<>(values.size() * 2);
        values.forEach((name, value) -> translated.put(name, of(value)));
        return translated;
    }

    private static AttributeValue of(dev.ingestkit.core.item.AttributeValue value) {
        return switch (value.type()) {
            case S -> AttributeValue.fromS(((StringValue) value).value());
            case N -> AttributeValue.fromN(((NumberValue) value).value());
            case B -> AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(((BinaryValue) value).value()));
            case BOOL -> AttributeValue.fromBool(((BooleanValue) value).value());
            case NULL -> AttributeValue.fromNul(true);
            case L -> AttributeValue.fromL(list((ListValue) value));
            case M -> AttributeValue.fromM(of(((MapValue) value).values()));
        };
    }

    private static List<AttributeValue> list(ListValue list) {
        List<AttributeValue> translated = new ArrayList<>(list.values().size());
        list.values().forEach(element -> translated.add(of(element)));
        return translated;
    }

    /** Returns the header of the stored item that a rejected write reports; null if it reports none. */
    static @Nullable StoredHeader header(@Nullable Map<String, AttributeValue> item) {
        if (item == null || item.isEmpty()) {
            return null;
        }
        AttributeValue ingest = item.get(ItemLayout.INGEST);
        Map<String, AttributeValue> description = ingest == null || !ingest.hasM() ? Map.of() : ingest.m();
        long parts = number(description.get(ItemLayout.PARTS)).orElse(1);
        return new StoredHeader(
                text(description.get(ItemLayout.VERSION)),
                text(description.get(ItemLayout.SHA256)),
                (int) parts,
                number(item.get(ItemLayout.EXPIRES)));
    }

    private static String text(@Nullable AttributeValue value) {
        return value == null || value.s() == null ? "" : value.s();
    }

    private static OptionalLong number(@Nullable AttributeValue value) {
        if (value == null || value.n() == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.n()));
        } catch (NumberFormatException notAnInteger) {
            return OptionalLong.empty();
        }
    }
}
