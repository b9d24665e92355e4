package dev.ingestkit.local.table.item;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads attribute values from JSON into the compact form; see {@link ItemJson}. */
final class ValueReader {
    private static final int MAX_NESTING = 32;
    private static final String INVALID = "One or more parameter values were invalid: ";

    private final ValueWriter writer = new ValueWriter(512);
    private @Nullable TableException problem;

    @Nullable
    TableException problem() {
        return problem;
    }

    Item readItem(JsonParser json) throws IOException {
        writer.reset();
        readMap(json, 0);
        return writer.toItem();
    }

    Value readValue(JsonParser json) throws IOException {
        writer.reset();
        readValue(json, 1);
        return writer.toValue();
    }

    private void readMap(JsonParser json, int depth) throws IOException {
        requireMap(json);
        writer.startMap();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            writer.name(name);
            json.nextToken();
            readValue(json, depth + 1);
        }
        writer.endMap();
    }

    private static void requireMap(JsonParser json) {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_ARRAY) {
            throw TableException.serialization("Unrecognized collection type java.util.Map<java.lang.String,"
                    + " com.amazonaws.dynamodb.v20120810.AttributeValue>");
        }
        if (token != JsonToken.START_OBJECT) {
            throw TableException.serialization("Unexpected field type");
        }
    }

    /** Reads the value at the parser's token, which is at the depth of nesting. */
    private void readValue(JsonParser json, int depth) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            note("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            writer.nul();
            return;
        }
        if (token == JsonToken.START_ARRAY) {
            throw TableException.serialization(
                    "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
        }
        if (token != JsonToken.START_OBJECT) {
            throw TableException.serialization("Unexpected value type in payload");
        }
        if (depth > MAX_NESTING) {
            skipTooDeep(json);
            return;
        }
        int types = 0;
        long mark = writer.mark();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            token = json.nextToken();
            ValueType type = ValueType.named(name);
            if (type == null || token == JsonToken.VALUE_NULL) {
                json.skipChildren();
                continue;
            }
            if (types++ > 0) {
                writer.rewind(mark);
            }
            readTyped(json, type, depth);
        }
        if (types == 0) {
            note("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            writer.nul();
        } else if (types > 1) {
            note("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
    }

    private void skipTooDeep(JsonParser json) throws IOException {
        note("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
        json.skipChildren();
        writer.nul();
    }

    private void readTyped(JsonParser json, ValueType type, int depth) throws IOException {
        switch (type) {
            case S -> writer.string(JsonScalars.string(json));
            case N -> number(JsonScalars.string(json));
            case B -> {
                byte[] binary = JsonScalars.blob(json);
                writer.binary(binary, 0, binary.length);
            }
            case BOOL -> writer.bool(JsonScalars.bool(json));
            case NULL -> {
                if (!JsonScalars.bool(json)) {
                    note(INVALID + "Null attribute value types must have the value of true");
                }
                writer.nul();
            }
            case M, L -> nested(json, type, depth);
            default -> set(json, type);
        }
    }

    private void nested(JsonParser json, ValueType type, int depth) throws IOException {
        if (type == ValueType.M) {
            readMap(json, depth);
        } else {
            list(json, depth);
        }
    }

    private void list(JsonParser json, int depth) throws IOException {
        JsonScalars.requireList(json);
        writer.startList();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            readValue(json, depth + 1);
        }
        writer.endList();
    }

    private void number(String text) {
        try {
            writer.number(DynamoNumber.parse(text));
        } catch (TableException e) {
            note(e);
            writer.nul();
        }
    }

    private void set(JsonParser json, ValueType type) throws IOException {
        JsonScalars.requireList(json);
        writer.startSet(type);
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (type == ValueType.BS) {
                byte[] binary = JsonScalars.blob(json);
                texts.add(json.getText());
                writer.binary(binary, 0, binary.length);
            } else {
                texts.add(element(json, type));
            }
        }
        if (texts.isEmpty()) {
            note(INVALID + emptySet(type));
        }
        if (!writer.endSet()) {
            note(duplicates(type, texts));
        }
    }

    private String element(JsonParser json, ValueType type) throws IOException {
        String text = JsonScalars.string(json);
        if (type == ValueType.SS) {
            writer.string(text);
        } else {
            try {
                writer.number(DynamoNumber.parse(text));
            } catch (TableException e) {
                note(e);
            }
        }
        return text;
    }

    private static String emptySet(ValueType type) {
        return switch (type) {
            case SS -> "An string set  may not be empty";
            case NS -> "An number set  may not be empty";
            default -> "Binary sets should not be empty";
        };
    }

    private static String duplicates(ValueType type, List<String> texts) {
        return switch (type) {
            case SS -> INVALID + "Input collection " + texts + " contains duplicates.";
            case NS -> "Input collection contains duplicates";
            default -> INVALID + "Input collection " + texts + "of type BS contains duplicates.";
        };
    }

    private void note(String message) {
        note(TableException.validation(message));
    }

    private void note(TableException found) {
        if (problem == null) {
            problem = found;
        }
    }
}
