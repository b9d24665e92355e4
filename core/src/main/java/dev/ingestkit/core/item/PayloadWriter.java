package dev.ingestkit.core.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.core.item.AttributeValue.BooleanValue;
import dev.ingestkit.core.item.AttributeValue.ListValue;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.AttributeValue.NumberValue;
import dev.ingestkit.core.item.AttributeValue.StringValue;
import dev.ingestkit.core.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes attributes as JSON. */
final class PayloadWriter {

    private PayloadWriter() {}

    static byte[] write(Map<String, AttributeValue> fields) throws ItemFormatException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = StrictJson.generator(target)) {
            write(fields, json);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot grow", e);
        }
        return target.toByteArray();
    }

    private static void write(Map<String, AttributeValue> fields, JsonGenerator json)
            throws IOException, ItemFormatException {
        json.writeStartObject();
        for (Map.Entry<String, AttributeValue> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            write(field.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void write(AttributeValue value, JsonGenerator json) throws IOException, ItemFormatException {
        switch (value.type()) {
            case S -> json.writeString(((StringValue) value).value());
            case N -> json.writeNumber(((NumberValue) value).value());
            case BOOL -> json.writeBoolean(((BooleanValue) value).value());
            case NULL -> json.writeNull();
            case L -> write((ListValue) value, json);
            case M -> write(((MapValue) value).values(), json);
            case B ->
                throw new ItemFormatException(
                        ItemFormatException.Kind.CORRUPT,
                        "a field is binary, which no JSON value is stored as: another program changed the item");
        }
    }

    private static void write(ListValue list, JsonGenerator json) throws IOException, ItemFormatException {
        json.writeStartArray();
        for (AttributeValue element : list.values()) {
            write(element, json);
        }
        json.writeEndArray();
    }
}
