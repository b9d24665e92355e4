package dev.ingestkit.local.table.api.request;

import dev.ingestkit.local.table.error.TableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The violations of a request's constraints, collected in DynamoDB's order and reported together. At most ten are
 * collected. Confined to one thread.
 */
public final class Violations {
    private static final int MAX = 10;

    private final List<String> texts = new ArrayList<>();

    /** Collects everything that the shape's constraints say of a structure. */
    public Violations collect(Fields fields) {
        struct(fields, "");
        return this;
    }

    /** Collects the violations of the shape's constraints by the members named, in that order. */
    public Violations collect(Fields fields, String... members) {
        for (String member : members) {
            int position = fields.shape().position(member);
            member(fields.shape().members().get(position), fields.at(position), "");
        }
        return this;
    }

    /** Adds a violation if the request lacks the member. */
    public Violations collectNull(Fields fields, String member) {
        return fields.has(member)
                ? this
                : add(
                        null,
                        fields.shape()
                                .members()
                                .get(fields.shape().position(member))
                                .path(),
                        "Member must not be null");
    }

    /** Returns the first violation's text, or null if there is none. */
    public @Nullable String first() {
        return texts.isEmpty() ? null : texts.get(0);
    }

    /** Adds a violation by its text. */
    public Violations add(@Nullable String text) {
        if (text != null && texts.size() < MAX) {
            texts.add(text);
        }
        return this;
    }

    /** Adds a violation of a value at a path. */
    public Violations add(@Nullable Object value, String path, String constraint) {
        return add(text(value, path, constraint));
    }

    /** Throws a ValidationException with all violations, if there are any. */
    public void raise() {
        if (!texts.isEmpty()) {
            throw TableException.validation(message());
        }
    }

    private String message() {
        String count =
                texts.size() == 1 ? "1 validation error detected: " : texts.size() + " validation errors detected: ";
        return count + String.join("; ", texts);
    }

    /** Returns the text of one violation. */
    public static String text(@Nullable Object value, String path, String constraint) {
        String shown = value == null ? "null" : "'" + JavaText.of(value) + "'";
        return "Value " + shown + " at '" + path + "' failed to satisfy constraint: " + constraint;
    }

    private void struct(Fields fields, String parent) {
        List<Shape.Member> members = fields.shape().members();
        for (int i = 0; i < members.size(); i++) {
            member(members.get(i), fields.at(i), parent);
        }
    }

    private void member(Shape.Member member, @Nullable Object value, String parent) {
        if (value != null) {
            check(member.shape(), value, parent + member.path());
        } else if (member.required()) {
            add(null, parent + member.path(), "Member must not be null");
        }
    }

    private void check(Shape shape, Object value, String path) {
        switch (shape.kind()) {
            case STRUCT -> struct((Fields) value, path + ".");
            case TEXT -> text((Shape.Text) shape, (String) value, path);
            case NUMERIC -> {
                if (value instanceof Long amount) {
                    range((Shape.Numeric) shape, amount, path);
                }
            }
            case LISTING -> list((Shape.Listing) shape, (List<?>) value, path);
            case MAPPING -> map((Shape.Mapping) shape, (Map<?, ?>) value, path);
            case ITEM, VALUE, FLAG -> {} // no constraints in the service's model
        }
    }

    private void text(Shape.Text shape, String value, String path) {
        if (!shape.values().isEmpty() && !shape.values().contains(value)) {
            add(value, path, "Member must satisfy enum value set: [" + String.join(", ", shape.values()) + "]");
        }
        if (shape.pattern() != null && !shape.pattern().matcher(value).matches() && !TableNames.isArn(value)) {
            add(value, path, "Member must satisfy regular expression pattern: " + shape.pattern());
        }
        length(shape.length(), value.length(), value, path);
    }

    private void range(Shape.Numeric shape, long value, String path) {
        if (shape.range().min() != null && value < shape.range().min()) {
            add(
                    value,
                    path,
                    "Member must have value greater than or equal to "
                            + shape.range().min());
        }
        if (shape.range().max() != null && value > shape.range().max()) {
            add(
                    value,
                    path,
                    "Member must have value less than or equal to "
                            + shape.range().max());
        }
    }

    private void length(Shape.Bounds bounds, int length, Object value, String path) {
        if (bounds.min() != null && length < bounds.min()) {
            add(value, path, "Member must have length greater than or equal to " + bounds.min());
        }
        if (bounds.max() != null && length > bounds.max()) {
            add(value, path, "Member must have length less than or equal to " + bounds.max());
        }
    }

    private void list(Shape.Listing shape, List<?> list, String path) {
        boolean tooLong =
                shape.size().max() != null && list.size() > shape.size().max();
        length(shape.size(), list.size(), list, tooLong && shape.at() != null ? shape.at() : path);
        for (int i = 0; i < list.size() && texts.size() < MAX; i++) {
            check(shape.element(), list.get(i), path + "." + (i + 1) + ".member");
        }
    }

    private void map(Shape.Mapping shape, Map<?, ?> map, String path) {
        length(shape.size(), map.size(), map, path);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            check(shape.value(), entry.getValue(), path + "." + entry.getKey() + ".member");
        }
    }
}
