package dev.ingestkit.local.table.execution;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.List;

/**
 * Checks items and keys against a key schema, with DynamoDB's texts.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Limits of keys</a>
 */
final class KeyChecks {
    private static final int MAX_PARTITION_BYTES = 2048;
    private static final int MAX_SORT_BYTES = 1024;
    private static final String INVALID = "One or more parameter values were invalid: ";

    private static final String EMPTY_IN_UPDATE = "One or more parameter values are not valid. The update expression"
            + " attempted to update a secondary index key to a value that is not supported. ";

    private KeyChecks() {}

    /** Returns whether an error refuses a whole transaction instead of being one write's reason to cancel it. */
    static boolean refusesTransaction(TableException error) {
        String message = error.getMessage();
        return message != null && message.startsWith(EMPTY_IN_UPDATE);
    }

    /** Returns the value of the key attribute in a whole item. */
    static Value ofItem(Item item, KeyAttribute attribute, boolean partition) {
        Value value = item.get(attribute.name());
        if (value == null) {
            throw TableException.validation(INVALID + "Missing the key " + attribute.name() + " in the item");
        }
        if (value.type() != attribute.type()) {
            throw TableException.validation(INVALID + "Type mismatch for key " + attribute.name() + " expected: "
                    + attribute.type() + " actual: " + value.type());
        }
        requireContent(value, attribute, "One or more parameter values are not valid. ");
        requireSize(value.payloadLength(), partition);
        return value;
    }

    /** Returns the value of the key attribute in a key; the caller has checked the number of attributes. */
    static Value ofKey(Item key, KeyAttribute attribute, boolean partition) {
        Value value = key.get(attribute.name());
        if (value == null || value.type() != attribute.type()) {
            throw mismatch();
        }
        requireContent(value, attribute, "One or more parameter values are not valid. ");
        requireSize(value.payloadLength(), partition);
        return value;
    }

    static TableException mismatch() {
        return TableException.validation("The provided key element does not match the schema");
    }

    private static void requireContent(Value value, KeyAttribute attribute, String start) {
        if (value.payloadLength() == 0) {
            throw TableException.validation(start + emptyText(value) + "Key: " + attribute.name());
        }
    }

    private static String emptyText(Value value) {
        return "The AttributeValue for a key attribute cannot contain an empty "
                + (value.type() == ValueType.S ? "string" : "binary") + " value. ";
    }

    private static void requireSize(int bytes, boolean partition) {
        if (partition && bytes > MAX_PARTITION_BYTES) {
            throw TableException.validation(
                    INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        }
        if (!partition && bytes > MAX_SORT_BYTES) {
            throw TableException.validation(
                    INVALID + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
    }

    /** Checks what an item has for the keys of an index; an index leaves out items that have nothing. */
    static void requireIndexable(Item item, IndexDefinition index, boolean update) {
        requireIndexable(item, index, index.keys().partitionAttributes(), true, update);
        requireIndexable(item, index, index.keys().sortAttributes(), false, update);
    }

    private static void requireIndexable(
            Item item, IndexDefinition index, List<KeyAttribute> attributes, boolean partition, boolean update) {
        int bytes = 0;
        for (KeyAttribute attribute : attributes) {
            Value value = item.get(attribute.name());
            if (value == null) {
                continue;
            }
            if (value.type() != attribute.type()) {
                throw TableException.validation(INVALID + "Type mismatch for Index Key " + attribute.name()
                        + " Expected: " + attribute.type() + " Actual: " + value.type() + " IndexName: "
                        + index.name());
            }
            if (value.payloadLength() == 0) {
                throw TableException.validation(
                        update
                                ? EMPTY_IN_UPDATE + emptyText(value).strip()
                                : "One or more parameter values are not valid. A value specified for a secondary index"
                                        + " key is not supported. " + emptyText(value) + "IndexName: " + index.name()
                                        + ", IndexKey: " + attribute.name());
            }
            bytes += value.payloadLength();
            requireSize(bytes, partition);
        }
    }

    /** Returns whether the item has all keys of the index, of their types and sizes. */
    static boolean isIndexed(Item item, IndexDefinition index) {
        return haveSize(item, index.keys().partitionAttributes(), MAX_PARTITION_BYTES)
                && haveSize(item, index.keys().sortAttributes(), MAX_SORT_BYTES);
    }

    private static boolean haveSize(Item item, List<KeyAttribute> attributes, int max) {
        int bytes = 0;
        for (KeyAttribute attribute : attributes) {
            Value value = item.get(attribute.name());
            if (value == null || value.type() != attribute.type() || value.payloadLength() == 0) {
                return false;
            }
            bytes += value.payloadLength();
        }
        return bytes <= max;
    }
}
