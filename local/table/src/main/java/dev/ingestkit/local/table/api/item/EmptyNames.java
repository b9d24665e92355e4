package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.TableException;
import dev.ingestkit.local.table.api.request.Fields;
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
        if (request.get(member) instanceof Item item && isIn(item.asMap())
                || request.map("Expected").containsKey("")
                || request.shape().position("AttributeUpdates") >= 0
                        && request.map("AttributeUpdates").containsKey("")) {
            throw Refusals.enveloped(TEXT);
        }
        names(request, true);
        if (request.map("ExpressionAttributeValues").values().stream().anyMatch(EmptyNames::isInValue)) {
            throw Refusals.enveloped(TEXT);
        }
    }

    static void read(Fields request, @Nullable String member) {
        if (member != null && request.get(member) instanceof Item item && isIn(item.asMap())
                || request.shape().position("AttributesToGet") >= 0
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
        if (item instanceof Item map && isIn(map.asMap())) {
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
