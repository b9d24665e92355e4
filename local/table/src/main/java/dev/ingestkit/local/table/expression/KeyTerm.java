package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.item.Value;
import org.jspecify.annotations.Nullable;

/**
 * The condition on one key attribute: its operator and one operand, or two of BETWEEN.
 *
 * @param operator null for an operator by which no key can be read, which is refused once the table is known
 * @param first null if the operator has no operand
 */
record KeyTerm(
        String attribute,
        @Nullable Operator operator,
        @Nullable Value first,
        @Nullable Value second) {}
