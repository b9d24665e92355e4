package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.ItemCondition;
import dev.ingestkit.local.table.engine.ItemUpdate;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A write whose key and item were checked against the table, but not yet against the stored item. Immutable. */
final class PendingWrite {
    private final Table table;
    private final WriteRequest request;
    private final byte[] key;

    private PendingWrite(Table table, WriteRequest request, byte[] key) {
        this.table = table;
        this.request = request;
        this.key = key;
    }

    /**
     * Checks a write against its table.
     *
     * @throws TableException with DynamoDB's text if key or item do not fit
     */
    static PendingWrite check(Table table, WriteRequest request) {
        Item item = request.keyed();
        if (request.kind() == WriteRequest.Kind.PUT) {
            byte[] key = table.keys().ofItem(item);
            for (Index index : table.indexes()) {
                KeyChecks.requireIndexable(item, index.definition(), false);
            }
            if (item.size() > Item.MAX_SIZE) {
                throw TableException.validation("Item size has exceeded the maximum allowed size");
            }
            return new PendingWrite(table, request, key);
        }
        return new PendingWrite(table, request, table.keys().ofKey(item));
    }

    Table table() {
        return table;
    }

    WriteRequest request() {
        return request;
    }

    byte[] key() {
        return key;
    }

    /** Returns the key's attributes. */
    Item keyItem() {
        return request.kind() == WriteRequest.Kind.PUT ? table.keys().keyOf(request.keyed()) : request.keyed();
    }

    /**
     * Returns the item that the write makes of the stored one.
     *
     * @throws TableException ConditionalCheckFailedException, or ValidationException if an update cannot be made
     */
    ItemChange apply(@Nullable Item stored) {
        ItemCondition condition = request.context().condition();
        if (condition != null && !condition.test(stored == null ? Item.EMPTY : stored)) {
            throw ConditionFailure.of(request.context().returnOldOnFailure() ? stored : null);
        }
        return new ItemChange(this, stored, result(stored));
    }

    private @Nullable Item result(@Nullable Item stored) {
        return switch (request.kind()) {
            case PUT -> ((WriteRequest.Put) request).item();
            case DELETE -> null;
            case UPDATE -> updated(((WriteRequest.Update) request).update(), stored);
            case CHECK -> stored;
        };
    }

    private @Nullable Item updated(ItemUpdate update, @Nullable Item stored) {
        Item item = update.apply(stored == null ? keyItem() : stored);
        if (stored == null && !update.createsItem()) {
            return null;
        }
        for (KeyAttribute attribute : table.definition().keys().attributes()) {
            if (!Objects.equals(item.get(attribute.name()), keyItem().get(attribute.name()))) {
                throw TableException.validation("One or more parameter values were invalid: Cannot update attribute "
                        + attribute.name() + ". This attribute is part of the key");
            }
        }
        for (Index index : table.indexes()) {
            KeyChecks.requireIndexable(item, index.definition(), true);
        }
        if (item.size() > Item.MAX_SIZE) {
            throw TableException.validation("Item size to update has exceeded the maximum allowed size");
        }
        return item;
    }
}
