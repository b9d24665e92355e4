package dev.ingestkit.local.table.engine;

import dev.ingestkit.local.table.item.Value;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a query reads: one partition and, of its sort keys, a range.
 *
 * @param operator the comparison of the sort key, or null for all sort keys
 * @param first the comparison's operand; null without an operator
 * @param second the upper end of {@link Operator#BETWEEN}; null otherwise
 */
public record KeyCondition(
        Value partition,
        @Nullable Operator operator,
        @Nullable Value first,
        @Nullable Value second) {

    /** A comparison of a sort key with its operands. */
    public enum Operator {
        /** Equal. */
        EQ,
        /** Less than. */
        LT,
        /** Less than or equal. */
        LE,
        /** Greater than. */
        GT,
        /** Greater than or equal. */
        GE,
        /** Between two operands, both included. */
        BETWEEN,
        /** Starting with the operand, which is a string or a binary. */
        BEGINS_WITH
    }
}
