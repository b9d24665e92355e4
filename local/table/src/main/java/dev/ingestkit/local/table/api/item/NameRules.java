package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks attribute names, which have 1 to 65,535 bytes. Another name is refused wherever a request has one, ahead of
 * all checks of its values. Stateless.
 */
final class NameRules {
    static final String EMPTY = "Empty attribute name";
    private static final String TOO_LARGE = "Attribute name is too large, must be less than 65536 bytes";
    private static final int MAX_BYTES = 65_535;
    private static final int MAX_BYTES_OF_A_CHAR = 3;

    private NameRules() {}

    static void write(Fields request, String member) {
        refuse(inItem(request.get(member)), true);
        refuse(among(request.map("Expected").keySet()), true);
        if (request.shape().position("AttributeUpdates") >= 0) {
            refuse(among(request.map("AttributeUpdates").keySet()), true);
        }
        names(request, true);
        refuse(inValues(request.map("ExpressionAttributeValues")), true);
    }

    static void read(Fields request, @Nullable String member) {
        if (member != null) {
            refuse(inItem(request.get(member)), false);
        }
        if (request.shape().position("AttributesToGet") >= 0) {
            refuse(among(request.list("AttributesToGet")), false);
        }
        names(request, false);
        if (request.shape().position("ExpressionAttributeValues") >= 0) {
            refuse(inValues(request.map("ExpressionAttributeValues")), false);
        }
    }

    static void check(@Nullable Object item) {
        refuse(inItem(item), false);
    }

    private static void refuse(@Nullable String problem, boolean enveloped) {
        if (problem != null) {
            throw enveloped ? Refusals.enveloped(problem) : Refusals.bare(problem);
        }
    }

    private static void names(Fields request, boolean enveloped) {
        request.map("ExpressionAttributeNames").forEach((key, name) -> {
            String problem = name instanceof String text ? problem(text) : null;
            boolean isEmpty = EMPTY.equals(problem);
            refuse(
                    isEmpty ? "ExpressionAttributeNames contains invalid value: " + EMPTY + " for key " + key : problem,
                    enveloped);
        });
    }

    private static @Nullable String among(Collection<?> names) {
        for (Object name : names) {
            String problem = name instanceof String text ? problem(text) : null;
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    /** Returns why DynamoDB refuses a name, or null if it does not. */
    static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return EMPTY;
        }
        boolean isTooLarge = name.length() > MAX_BYTES / MAX_BYTES_OF_A_CHAR
                && name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
        return isTooLarge ? TOO_LARGE : null;
    }

    private static @Nullable String inItem(@Nullable Object value) {
        return value instanceof Item item ? in(item.asMap()) : null;
    }

    private static @Nullable String inValues(Map<String, Object> values) {
        for (Object value : values.values()) {
            String problem = value instanceof Value attribute ? in(attribute) : null;
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private static @Nullable String in(Value value) {
        if (value.type() == ValueType.M) {
            MapCursor cursor = value.entries();
            while (cursor.next()) {
                int bytes = cursor.nameLength();
                String problem = bytes == 0 ? EMPTY : bytes > MAX_BYTES ? TOO_LARGE : in(cursor.value());
                if (problem != null) {
                    return problem;
                }
            }
        } else if (value.type() == ValueType.L) {
            for (Value element : value.elements()) {
                String problem = in(element);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }
}
