package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import org.jspecify.annotations.Nullable;

/** Checks an ExclusiveStartKey against the table or index that is read. */
final class StartKeyRules {
    private static final String INVALID = "The provided starting key is invalid";
    private static final String MISMATCH = "The provided key element does not match the schema";

    private StartKeyRules() {}

    /** Checks the attributes of a start key and their types. */
    static void check(ReadTarget target, @Nullable Item start, boolean query) {
        if (start == null) {
            return;
        }
        boolean complete = start.count() == target.startKeyNames().size();
        for (String name : target.startKeyNames()) {
            complete = complete && start.get(name) != null;
        }
        if (!complete) {
            throw Refusals.bare(start.count() == target.startKeyNames().size() && query ? MISMATCH : INVALID);
        }
        if (target.index() != null) {
            types(target.keys(), start, MISMATCH);
        }
        types(target.table().keys(), start, query ? MISMATCH : INVALID + ": " + MISMATCH);
    }

    private static void types(KeySchema keys, Item start, String refusal) {
        for (KeyAttribute attribute : keys.attributes()) {
            Value value = start.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                throw Refusals.bare(refusal);
            }
        }
    }

    /** Checks that a start key is within the range of a query. */
    static void within(ReadTarget target, @Nullable Item start, KeyCondition condition) {
        if (start == null) {
            return;
        }
        if (!condition.isPartitionOf(start, target.keys())) {
            throw Refusals.bare("The provided starting key is outside query boundaries based on provided conditions");
        }
        KeyAttribute compared = condition.compared(target.keys());
        Value value = compared == null ? null : start.get(compared.name());
        if (value != null && !(condition.isLeadingOf(start, target.keys()) && satisfies(condition, value))) {
            throw Refusals.bare("The provided starting key does not match the range key predicate");
        }
    }

    private static boolean satisfies(KeyCondition condition, Value value) {
        Value first = condition.first();
        KeyCondition.Operator operator = condition.operator();
        if (operator == null || first == null) {
            return true;
        }
        return switch (operator) {
            case EQ -> value.equals(first);
            case LT -> value.compareTo(first) < 0;
            case LE -> value.compareTo(first) <= 0;
            case GT -> value.compareTo(first) > 0;
            case GE -> value.compareTo(first) >= 0;
            case BEGINS_WITH -> value.startsWith(first);
            case BETWEEN -> value.compareTo(first) >= 0 && isAtMost(value, condition.second());
        };
    }

    private static boolean isAtMost(Value value, @Nullable Value end) {
        return end == null || value.compareTo(end) <= 0;
    }
}
