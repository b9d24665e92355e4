package dev.ingestkit.local.table.api.request;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A structure of a request as read: one value for each member, null if the request has none. Texts are
 * {@link String}, numbers {@link Long} or {@link Double}, flags {@link Boolean}, lists {@link List}, maps {@link Map}
 * in the order of the request, structures {@link Fields}, and attribute values and items the engine's own types, or
 * {@link InvalidValue} where DynamoDB does not take them. Confined to the thread that reads the request.
 */
public final class Fields {
    private final Shape.Struct shape;
    private final @Nullable Object[] values;
    private boolean coerced;

    Fields(Shape.Struct shape) {
        this.shape = shape;
        this.values = new Object[shape.members().size()];
    }

    /** Returns the structure's shape. */
    public Shape.Struct shape() {
        return shape;
    }

    void set(int position, @Nullable Object value) {
        values[position] = value;
    }

    void coerced() {
        coerced = true;
    }

    /** Returns whether a number of the structure lost a fraction or saturated when it was read. */
    public boolean isCoerced() {
        return coerced;
    }

    @Nullable
    Object at(int position) {
        return values[position];
    }

    /** Returns whether the request has the member. */
    public boolean has(String member) {
        return get(member) != null;
    }

    /** Returns the member's value, or null if the request has none. */
    public @Nullable Object get(String member) {
        int position = shape.position(member);
        if (position < 0) {
            throw new IllegalArgumentException(shape.name() + " has no member " + member);
        }
        return values[position];
    }

    /** Returns a text, or null if the request has none. */
    public @Nullable String text(String member) {
        return (String) get(member);
    }

    /** Returns a number, or null if the request has none. */
    public @Nullable Long number(String member) {
        return (Long) get(member);
    }

    /** Returns a flag; an absent one is false. */
    public boolean flag(String member) {
        return Boolean.TRUE.equals(get(member));
    }

    /** Returns a structure, or null if the request has none. */
    public @Nullable Fields struct(String member) {
        return (Fields) get(member);
    }

    /** Returns a list; an absent one is empty. */
    public List<?> list(String member) {
        Object value = get(member);
        return value == null ? List.of() : (List<?>) value;
    }

    /** Returns a list of structures; an absent one is empty. */
    public List<Fields> structs(String member) {
        return list(member).stream().map(Fields.class::cast).toList();
    }

    /** Returns a list of texts; an absent one is empty. */
    public List<String> texts(String member) {
        return list(member).stream().map(String.class::cast).toList();
    }

    /** Returns a map; an absent one is empty. */
    @SuppressWarnings("unchecked") // the reader makes maps with text keys only
    public Map<String, Object> map(String member) {
        Object value = get(member);
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /** Returns a text that is the same for equal values of the member, whatever the order of maps in the request. */
    public String digestText(String member) {
        Object value = get(member);
        return value == null ? "null" : JavaText.full(value);
    }
}
