package dev.ingestkit.core.item;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.core.item.AttributeValue.BooleanValue;
import dev.ingestkit.core.item.AttributeValue.ListValue;
import dev.ingestkit.core.item.AttributeValue.MapValue;
import dev.ingestkit.core.item.AttributeValue.NullValue;
import dev.ingestkit.core.item.AttributeValue.NumberValue;
import dev.ingestkit.core.item.AttributeValue.StringValue;
import dev.ingestkit.core.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses a payload in one pass: checks that it is JSON to its end, builds the fields' values, and notes the first value
 * that a DynamoDB attribute cannot hold. Its recursion stops at the nesting that DynamoDB allows.
 */
final class PayloadParser {

    /** DynamoDB allows 32 levels; the item itself is the first. */
    private static final int MAX_DEPTH = 32;

    /** A field with a reserved name is stored two levels further down, in a map in a map. */
    private static final int KEPT_DEPTH = 3;

    private static final int MAX_NAME_BYTES = 65_535;

    private final JsonParser json;
    private @Nullable BinaryReason reason;

    private PayloadParser(JsonParser json) {
        this.json = json;
    }

    /**
     * The content of a payload.
     *
     * @param fields the root object's fields; empty if the root is not an object. Of two fields of one name, the last
     * @param reason the first thing that attributes cannot hold, or null if they hold everything
     */
    record Parsed(
            Map<String, AttributeValue> fields, @Nullable BinaryReason reason) {}

    static Parsed parse(byte[] payload) throws NotJsonException {
        try (JsonParser json = StrictJson.parser(payload)) {
            PayloadParser parser = new PayloadParser(json);
            Map<String, AttributeValue> fields = parser.root();
            if (json.nextToken() != null) {
                throw new NotJsonException("a second value follows the JSON text" + position(json));
            }
            return new Parsed(fields, parser.reason);
        } catch (IOException e) {
            // Jackson's message quotes the payload, which must not reach logs.
            throw new NotJsonException("the payload is not JSON text" + position(e));
        }
    }

    private static String position(JsonParser json) {
        return " at byte " + json.currentTokenLocation().getByteOffset();
    }

    private static String position(IOException e) {
        return e instanceof JsonProcessingException syntax && syntax.getLocation() != null
                ? " from byte " + syntax.getLocation().getByteOffset() + " on"
                : "";
    }

    private Map<String, AttributeValue> root() throws IOException, NotJsonException {
        JsonToken first = json.nextToken();
        if (first == null) {
            throw new NotJsonException("the payload is empty");
        }
        if (first == JsonToken.START_OBJECT) {
            return fields(1);
        }
        note(BinaryReason.ROOT_NOT_OBJECT);
        if (first == JsonToken.VALUE_STRING) {
            // Jackson decodes text lazily: a string that is never requested is never checked.
            json.finishToken();
        }
        json.skipChildren();
        return Map.of();
    }

    private Map<String, AttributeValue> fields(int depth) throws IOException {
        Map<String, AttributeValue> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (name.isEmpty() || Utf8.length(name) > MAX_NAME_BYTES) {
                note(BinaryReason.NAME);
            }
            noteUnlessEncodable(name);
            json.nextToken();
            boolean kept = depth == 1 && ItemLayout.RESERVED.contains(name);
            if (fields.put(name, value(kept ? KEPT_DEPTH : depth)) != null) {
                note(BinaryReason.DUPLICATE_NAME);
            }
        }
        return fields;
    }

    private AttributeValue value(int depth) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            case VALUE_TRUE -> new BooleanValue(true);
            case VALUE_FALSE -> new BooleanValue(false);
            case VALUE_NULL -> new NullValue();
            case START_OBJECT -> tooDeep(depth) ? skipped() : new MapValue(fields(depth + 1));
            case START_ARRAY -> tooDeep(depth) ? skipped() : elements(depth + 1);
            default -> throw new IllegalStateException("no JSON value starts with " + json.currentToken());
        };
    }

    private AttributeValue text(String text) {
        noteUnlessEncodable(text);
        return new StringValue(text);
    }

    private AttributeValue number(String text) {
        if (!Decimal.fits(text)) {
            note(BinaryReason.NUMBER);
        }
        return new NumberValue(text);
    }

    private AttributeValue elements(int depth) throws IOException {
        List<AttributeValue> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(depth));
        }
        return new ListValue(elements);
    }

    private boolean tooDeep(int depth) {
        if (depth < MAX_DEPTH) {
            return false;
        }
        note(BinaryReason.NESTING);
        return true;
    }

    private AttributeValue skipped() throws IOException {
        json.skipChildren();
        return new NullValue();
    }

    private void noteUnlessEncodable(String text) {
        if (!Utf8.canEncode(text)) {
            note(BinaryReason.TEXT);
        }
    }

    private void note(BinaryReason found) {
        if (reason == null) {
            reason = found;
        }
    }
}
