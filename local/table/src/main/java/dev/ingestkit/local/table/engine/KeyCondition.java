package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a query reads: one partition and, of its sort keys, a range. Immutable.
 *
 * @param partitions the values of the partition key's attributes
 * @param leading the values of the sort key's attributes before the one that is compared; empty without an operator
 * @param operator the comparison of the next attribute of the sort key, or null for all sort keys
 * @param first the comparison's operand; null without an operator
 * @param second the upper end of {@link Operator#BETWEEN}; null otherwise
 */
public record KeyCondition(
        List<Value> partitions,
        List<Value> leading,
        @Nullable Operator operator,
        @Nullable Value first,
        @Nullable Value second) {

    public KeyCondition {
        partitions = List.copyOf(partitions);
        leading = List.copyOf(leading);
    }

    /** Creates the condition on a key of one partition key and at most one sort key. */
    public KeyCondition(Value partition, @Nullable Operator operator, @Nullable Value first, @Nullable Value second) {
        this(List.of(partition), List.of(), operator, first, second);
    }

    /** A comparison of a sort key with its operands. */
    public enum Operator {
        /** Equal to the operand. */
        EQ,
        /** Less than the operand. */
        LT,
        /** Less than or equal to the operand. */
        LE,
        /** Greater than the operand. */
        GT,
        /** Greater than or equal to the operand. */
        GE,
        /** Between two operands, both included. */
        BETWEEN,
        /** Starting with the operand, which is a string or a binary. */
        BEGINS_WITH
    }

    /** Returns the value of the partition key, or of the first attribute of one that has several. */
    public Value partition() {
        return partitions.get(0);
    }

    /** Returns whether the item is in the partition. */
    public boolean isPartitionOf(Item item, KeySchema schema) {
        return matches(item, schema.partitionAttributes(), partitions);
    }

    /** Returns whether the item has the values before the attribute that is compared. */
    public boolean isLeadingOf(Item item, KeySchema schema) {
        return matches(item, schema.sortAttributes(), leading);
    }

    /** Returns the attribute of the sort key that the operator compares, or null without an operator. */
    public @Nullable KeyAttribute compared(KeySchema schema) {
        return operator == null ? null : schema.sortAttributes().get(leading.size());
    }

    private static boolean matches(Item item, List<KeyAttribute> attributes, List<Value> values) {
        for (int at = 0; at < values.size(); at++) {
            if (!values.get(at).equals(item.get(attributes.get(at).name()))) {
                return false;
            }
        }
        return true;
    }
}
