package dev.ingestkit.local.table.item;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.ingestkit.local.table.error.TableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values and items from JSON and writes them, by streaming. A value of the wrong JSON type is a
 * SerializationException at once; the first refusal of an invalid value is kept as {@link #problem()}, since other
 * checks of the request come before it. One reader for each member whose problem is of interest; not thread-safe.
 */
public final class ItemJson {
    /** Parsers and generators for requests and answers: names and nesting are limited by DynamoDB's rules alone. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(1_000)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final ValueReader reader = new ValueReader();

    /** Creates a reader. */
    public ItemJson() {}

    /** Returns the first reason why DynamoDB refuses what was read so far, or null if there is none. */
    public @Nullable TableException problem() {
        return reader.problem();
    }

    /**
     * Reads a map of attribute names to values; the parser is at its first token and is left at its last one.
     *
     * @throws TableException a SerializationException if the JSON is not of that form
     */
    public Item readItem(JsonParser json) throws IOException {
        return reader.readItem(json);
    }

    /**
     * Reads one attribute value; the parser is at its first token and is left at its last one.
     *
     * @throws TableException a SerializationException if the JSON is not of that form
     */
    public Value readValue(JsonParser json) throws IOException {
        return reader.readValue(json);
    }

    /** Writes the attributes of an item as a JSON object; the generator must write to bytes, as UTF-8. */
    public static void write(JsonGenerator json, Item item) throws IOException {
        writeEntries(json, item.attributes());
    }

    /** Writes a value as a JSON object with its type as the one member; the generator must write to bytes, as UTF-8. */
    public static void write(JsonGenerator json, Value value) throws IOException {
        ValueType type = value.type();
        json.writeStartObject();
        json.writeFieldName(type.name());
        switch (type) {
            case M -> writeEntries(json, value.entries());
            case L -> {
                json.writeStartArray();
                for (Value element : value.elements()) {
                    write(json, element);
                }
                json.writeEndArray();
            }
            case SS, NS, BS -> {
                json.writeStartArray();
                for (Value element : value.elements()) {
                    writeScalar(json, element);
                }
                json.writeEndArray();
            }
            default -> writeScalar(json, value);
        }
        json.writeEndObject();
    }

    private static void writeEntries(JsonGenerator json, MapCursor entries) throws IOException {
        json.writeStartObject();
        while (entries.next()) {
            json.writeFieldName(entries.name());
            write(json, entries.value());
        }
        json.writeEndObject();
    }

    private static void writeScalar(JsonGenerator json, Value value) throws IOException {
        switch (value.type()) {
            case S -> {
                int from = Encoding.payload(value.bytes, value.start);
                json.writeUTF8String(value.bytes, from, value.end - from);
            }
            case N -> json.writeString(value.number().toString());
            case B -> {
                int from = Encoding.payload(value.bytes, value.start);
                json.writeBinary(value.bytes, from, value.end - from);
            }
            case BOOL -> json.writeBoolean(value.bool());
            case NULL -> json.writeBoolean(true);
            default -> throw new IllegalStateException("not a scalar: " + value.type());
        }
    }

    /** Returns the value as JSON text. */
    public static String text(Value value) {
        return text(json -> write(json, value));
    }

    /** Returns the item as JSON text. */
    public static String text(Item item) {
        return text(json -> write(json, item));
    }

    /** Returns the item of a JSON text; for tests and tools. */
    public static Item item(String text) {
        try (JsonParser json = FACTORY.createParser(text)) {
            json.nextToken();
            ItemJson reader = new ItemJson();
            Item item = reader.readItem(json);
            TableException problem = reader.problem();
            if (problem != null) {
                throw problem;
            }
            return item;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(TableException.Members writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
