package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names and values that the placeholders of one request stand for: {@code ExpressionAttributeNames} and
 * {@code ExpressionAttributeValues}. Records which of them are used, since DynamoDB refuses unused ones. Confined to
 * the thread that reads the request.
 */
public final class Placeholders {
    /** The maximum of the sum of the values' sizes, in bytes. */
    private static final int MAX_VALUES_SIZE = 2 * 1024 * 1024;

    private final Map<String, String> names;
    private final Map<String, Value> values;
    private final Set<String> used = new HashSet<>();

    /** Creates the placeholders of a request: well-formed keys {@code #n} and {@code :v} with what they stand for. */
    public Placeholders(Map<String, String> names, Map<String, Value> values) {
        this.names = names;
        this.values = values;
    }

    /** Returns placeholders for a request without any. */
    public static Placeholders none() {
        return new Placeholders(Map.of(), Map.of());
    }

    /** Returns the name that the alias stands for, or null if it is not defined. */
    @Nullable
    String name(String alias) {
        String name = names.get(alias);
        if (name != null) {
            used.add(alias);
        }
        return name;
    }

    /** Returns the value that the placeholder stands for, or null if it is not defined. */
    @Nullable
    Value value(String placeholder) {
        Value value = values.get(placeholder);
        if (value != null) {
            used.add(placeholder);
        }
        return value;
    }

    /**
     * Checks, once all expressions are compiled, that they use every placeholder.
     *
     * @throws TableException a ValidationException that names the unused ones, or says that the values are too large
     */
    public void requireAllUsed() {
        requireUsed("ExpressionAttributeNames", names.keySet());
        requireUsed("ExpressionAttributeValues", values.keySet());
        long size = 0;
        for (Value value : values.values()) {
            size += value.size();
        }
        if (size > MAX_VALUES_SIZE) {
            throw TableException.validation("ExpressionAttributeValues exceeds max size");
        }
    }

    private void requireUsed(String member, Set<String> keys) {
        if (used.containsAll(keys)) {
            return;
        }
        Set<String> unused = new HashSet<>(keys);
        unused.removeAll(used);
        throw TableException.validation(
                "Value provided in " + member + " unused in expressions: keys: {" + String.join(", ", unused) + "}");
    }
}
