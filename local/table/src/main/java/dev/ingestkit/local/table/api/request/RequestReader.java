package dev.ingestkit.local.table.api.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body into the fields of its shape in one pass. Nulls and members that the shape does not have are
 * ignored. A JSON value of the wrong type is a SerializationException with DynamoDB's text, and a body that is not a
 * JSON object one without a text. A reader is used once, by one thread.
 */
public final class RequestReader {
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

    private final JsonParser in;
    private @Nullable ItemJson attributes;

    private RequestReader(JsonParser in) {
        this.in = in;
    }

    /** Reads a body. */
    public static Fields read(Shape.Struct shape, byte[] body) {
        try (JsonParser in = ItemJson.FACTORY.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw TableException.serialization(null);
            }
            Fields fields = new RequestReader(in).fields(shape);
            if (in.nextToken() != null) {
                throw TableException.serialization(null);
            }
            return fields;
        } catch (IOException e) {
            throw TableException.serialization(null);
        }
    }

    private Fields fields(Shape.Struct shape) throws IOException {
        Fields fields = new Fields(shape);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            int position = shape.position(in.currentName());
            JsonToken token = in.nextToken();
            if (position < 0) {
                in.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                fields.set(position, value(shape.members().get(position).shape(), fields, false));
            }
        }
        return fields;
    }

    /** Reads the current value; {@code nested} is whether it is an element of a list or a map. */
    private Object value(Shape shape, @Nullable Fields owner, boolean nested) throws IOException {
        JsonToken token = in.currentToken();
        return switch (shape.kind()) {
            case TEXT -> {
                require(token == JsonToken.VALUE_STRING, () -> TypeErrors.scalar(token, "String"));
                yield in.getText();
            }
            case ITEM -> {
                require(token == JsonToken.START_OBJECT, () -> TypeErrors.item(token, nested));
                yield attributes(true);
            }
            case VALUE -> {
                require(token == JsonToken.START_OBJECT, () -> TypeErrors.struct(token, shape, nested));
                yield attributes(false);
            }
            case STRUCT -> {
                require(token == JsonToken.START_OBJECT, () -> TypeErrors.struct(token, shape, nested));
                yield fields((Shape.Struct) shape);
            }
            case FLAG -> flag(token);
            case NUMERIC -> number((Shape.Numeric) shape, owner);
            case LISTING -> list((Shape.Listing) shape, nested);
            case MAPPING -> map((Shape.Mapping) shape, nested);
        };
    }

    private List<Object> list(Shape.Listing shape, boolean nested) throws IOException {
        JsonToken token = in.currentToken();
        require(token == JsonToken.START_ARRAY, () -> TypeErrors.list(token, nested));
        List<Object> elements = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.VALUE_NULL) {
                elements.add(value(shape.element(), null, true));
            }
        }
        return elements;
    }

    private Map<String, Object> map(Shape.Mapping shape, boolean nested) throws IOException {
        JsonToken token = in.currentToken();
        require(token == JsonToken.START_OBJECT, () -> TypeErrors.map(token, shape.value(), nested));
        Map<String, Object> entries = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                entries.put(name, value(shape.value(), null, true));
            }
        }
        return entries;
    }

    private Boolean flag(JsonToken token) throws IOException {
        if (token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw TypeErrors.scalar(token, "Boolean");
        }
        return switch (in.getText().toUpperCase(Locale.ROOT)) {
            case "TRUE", "YES", "1" -> true;
            case "FALSE", "NO", "0" -> false;
            default -> throw TypeErrors.flagText();
        };
    }

    private Object number(Shape.Numeric shape, @Nullable Fields owner) throws IOException {
        JsonToken token = in.currentToken();
        require(token.isNumeric(), () -> TypeErrors.scalar(token, shape.type().text()));
        if (shape.type() == Shape.NumberType.DOUBLE) {
            return in.getDoubleValue();
        }
        BigDecimal exact = in.getDecimalValue();
        BigInteger whole = exact.setScale(0, RoundingMode.DOWN).toBigInteger();
        long read = whole.min(MAX_LONG).max(MIN_LONG).longValue();
        if (shape.type() == Shape.NumberType.INTEGER) {
            read = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, read));
        }
        if (owner != null && exact.compareTo(BigDecimal.valueOf(read)) != 0) {
            owner.coerced();
        }
        return read;
    }

    /** Reads an item or an attribute value; a refusal that does not concern JSON is kept for later. */
    private Object attributes(boolean item) throws IOException {
        if (attributes == null || attributes.problem() != null) {
            attributes = new ItemJson();
        }
        Object read = item ? attributes.readItem(in) : attributes.readValue(in);
        TableException problem = attributes.problem();
        return problem == null ? read : new InvalidValue(problem);
    }

    private static void require(boolean holds, Supplier<TableException> refusal) {
        if (!holds) {
            throw refusal.get();
        }
    }
}
