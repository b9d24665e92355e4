package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.MapCursor;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import org.jspecify.annotations.Nullable;

/** An attribute without a name is refused wherever a request has one, ahead of all checks of its values. */
final class EmptyNames {
    private static final String TEXT = "Empty attribute name";

    private EmptyNames() {}

    static void write(Fields request, String member) {
        if (isInItem(request.get(member))
                || request.map("Expected").containsKey("")
                || isNamed(request, "AttributeUpdates")) {
            throw Refusals.enveloped(TEXT);
        }
        names(request, true);
        if (request.map("ExpressionAttributeValues").values().stream().anyMatch(EmptyNames::isInValue)) {
            throw Refusals.enveloped(TEXT);
        }
    }

    static void read(Fields request, @Nullable String member) {
        if (member != null && isInItem(request.get(member))) {
            throw bare();
        }
        if (request.shape().position("AttributesToGet") >= 0
                && request.list("AttributesToGet").contains("")) {
            throw bare();
        }
        names(request, false);
        if (request.shape().position("ExpressionAttributeValues") >= 0
                && request.map("ExpressionAttributeValues").values().stream().anyMatch(EmptyNames::isInValue)) {
            throw bare();
        }
    }

    static void check(@Nullable Object item) {
        if (isInItem(item)) {
            throw bare();
        }
    }

    private static void names(Fields request, boolean enveloped) {
        request.map("ExpressionAttributeNames").forEach((key, name) -> {
            if (name.equals("")) {
                String text = "ExpressionAttributeNames contains invalid value: " + TEXT + " for key " + key;
                throw enveloped ? Refusals.enveloped(text) : Refusals.bare(text);
            }
        });
    }

    private static TableException bare() {
        return Refusals.bare(TEXT);
    }

    private static boolean isNamed(Fields request, String member) {
        return request.shape().position(member) >= 0 && request.map(member).containsKey("");
    }

    private static boolean isInItem(@Nullable Object value) {
        return value instanceof Item item && isIn(item.asMap());
    }

    private static boolean isInValue(Object value) {
        return value instanceof Value attribute && isIn(attribute);
    }

    private static boolean isIn(Value value) {
        if (value.type() == ValueType.M) {
            MapCursor cursor = value.entries();
            while (cursor.next()) {
                if (cursor.isNamed("") || isIn(cursor.value())) {
                    return true;
                }
            }
        } else if (value.type() == ValueType.L) {
            for (Value element : value.elements()) {
                if (isIn(element)) {
                    return true;
                }
            }
        }
        return false;
    }
}
