package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Comparator;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a SELECT: queries where the WHERE clause asks the partition key for one value or for some, else a scan.
 *
 * @param keys the keys to query, one after the other, or null for a scan
 * @param filter the conditions that the keys do not say, or null
 * @param fetchItems whether attributes are needed that a local index does not hold
 */
record SelectPlan(
        TableDefinition table,
        @Nullable IndexDefinition index,
        @Nullable List<KeyCondition> keys,
        @Nullable Condition filter,
        boolean forward,
        boolean fetchItems) {
    private static final String INVALID = "One or more parameter values were invalid: ";

    static SelectPlan of(Statement.Select select, TableDefinition table) {
        String name = select.source().index();
        IndexDefinition index = name == null ? null : table.index(name);
        if (name != null && index == null) {
            throw TableException.validation("The table does not have the specified index");
        }
        KeySchema schema = index == null ? table.keys() : index.keys();
        requireSingleAttributes(schema);
        Conjuncts conjuncts = new Conjuncts(select.where());
        List<Value> partition = conjuncts.equalTo(schema.partition().name());
        checkOrder(select, schema, !partition.isEmpty());
        boolean fetch = fetchItems(select, table, index);
        Node.In choice =
                partition.isEmpty() ? conjuncts.choice(schema.partition().name()) : null;
        if (partition.size() != 1 && choice == null) {
            return new SelectPlan(table, index, null, Conjuncts.compile(conjuncts.all()), true, fetch);
        }
        List<Node> rest;
        List<KeyCondition> keys;
        if (choice == null) {
            requireType(partition.get(0), schema.partition());
            rest = new ArrayList<>(conjuncts.besides(List.of(schema.partition())));
            keys = List.of(keys(partition.get(0), schema.sort(), rest));
        } else {
            rest = new ArrayList<>(conjuncts.all());
            rest.remove(choice);
            keys = keys(Conjuncts.values(choice, schema.partition().type()), schema.sort(), rest);
        }
        Condition filter = Conjuncts.compile(rest);
        if (filter != null && index != null) {
            requireProjected(filter, table, index);
        }
        boolean descending = select.order().stream()
                .anyMatch(order -> order.descending()
                        && !order.attribute().equals(schema.partition().name()));
        return new SelectPlan(table, index, keys, filter, !descending, fetch);
    }

    /** Refuses an index whose partition key or sort key has several attributes, as DynamoDB does. */
    static void requireSingleAttributes(KeySchema schema) {
        if (schema.isMultiAttribute()) {
            throw TableException.validation("PartiQL statements cannot be executed on tables with multi-attribute"
                    + " HASH keys or multi-attribute RANGE keys.");
        }
    }

    private static void checkOrder(Statement.Select select, KeySchema schema, boolean keyed) {
        if (select.order().isEmpty()) {
            return;
        }
        if (select.where() == null) {
            throw TableException.validation("Must have WHERE clause in the statement when using ORDER BY clause.");
        }
        for (Statement.Ordering order : select.order()) {
            if (!schema.names().contains(order.attribute())) {
                throw TableException.validation(
                        "Attribute " + order.attribute() + " in ORDER BY clause must be part of the primary key");
            }
        }
        if (!keyed) {
            throw TableException.validation("Must have at least one non-optional hash key condition in WHERE clause "
                    + "when using ORDER BY clause.");
        }
    }

    private static void requireType(Value value, KeyAttribute key) {
        if (value.type() != key.type()) {
            throw TableException.validation(
                    "Key attribute's data type should match its data type in table's schema: " + "Key " + key.name());
        }
    }

    private static List<KeyCondition> keys(List<Value> partitions, @Nullable KeyAttribute sort, List<Node> conditions) {
        if (partitions.isEmpty()) {
            return List.of();
        }
        KeyCondition first = keys(partitions.get(0), sort, conditions);
        return partitions.stream()
                .map(partition -> new KeyCondition(partition, first.operator(), first.first(), first.second()))
                .toList();
    }

    /** Returns the keys to query; the condition that becomes the sort key's is removed from the list. */
    private static KeyCondition keys(Value partition, @Nullable KeyAttribute sort, List<Node> conditions) {
        if (sort != null) {
            for (Node condition : conditions) {
                KeyCondition keys = keys(partition, sort, condition);
                if (keys != null) {
                    conditions.remove(condition);
                    return keys;
                }
            }
        }
        return new KeyCondition(partition, null, null, null);
    }

    private static @Nullable KeyCondition keys(Value partition, KeyAttribute sort, Node condition) {
        if (condition instanceof Node.Compare compare && compare.operator() != Comparator.NOT_EQUAL) {
            boolean exchanged = Conjuncts.isAttribute(compare.right(), sort.name());
            Node operand = exchanged ? compare.left() : compare.right();
            Comparator comparator = exchanged ? compare.operator().exchanged() : compare.operator();
            if (exchanged || Conjuncts.isAttribute(compare.left(), sort.name())) {
                Value value = Conjuncts.literal(operand);
                if (value != null && comparator == Comparator.EQUAL) {
                    requireType(value, sort);
                }
                return keys(partition, sort, operator(comparator), value);
            }
        }
        if (condition instanceof Node.Call call
                && call.function().equals("begins_with")
                && Conjuncts.isAttribute(call.arguments().get(0), sort.name())) {
            return keys(
                    partition,
                    sort,
                    Operator.BEGINS_WITH,
                    Conjuncts.literal(call.arguments().get(1)));
        }
        if (condition instanceof Node.Between between && Conjuncts.isAttribute(between.operand(), sort.name())) {
            Value low = Conjuncts.literal(between.low());
            Value high = Conjuncts.literal(between.high());
            if (low != null
                    && high != null
                    && low.type() == sort.type()
                    && high.type() == sort.type()
                    && low.compareTo(high) <= 0) {
                return new KeyCondition(partition, Operator.BETWEEN, low, high);
            }
        }
        return null;
    }

    private static @Nullable KeyCondition keys(
            Value partition, KeyAttribute sort, Operator operator, @Nullable Value value) {
        return value != null && value.type() == sort.type() ? new KeyCondition(partition, operator, value, null) : null;
    }

    private static Operator operator(Comparator comparator) {
        return switch (comparator) {
            case LESS -> Operator.LT;
            case LESS_OR_EQUAL -> Operator.LE;
            case GREATER -> Operator.GT;
            case GREATER_OR_EQUAL -> Operator.GE;
            default -> Operator.EQ;
        };
    }

    private static boolean fetchItems(Statement.Select select, TableDefinition table, @Nullable IndexDefinition index) {
        if (index == null || index.projected() == Projected.ALL) {
            return false;
        }
        Set<String> missing = new HashSet<>();
        select.projection().forEach(path -> missing.add(path.parts().get(0).text()));
        missing.removeAll(projected(table, index));
        if (index.global() && !missing.isEmpty()) {
            throw TableException.validation(
                    INVALID + "Global secondary index " + index.name() + " does not project " + missing);
        }
        return !missing.isEmpty();
    }

    private static void requireProjected(Condition filter, TableDefinition table, IndexDefinition index) {
        if (index.projected() == Projected.ALL) {
            return;
        }
        Set<String> missing = new HashSet<>(filter.attributes());
        missing.removeAll(projected(table, index));
        if (!missing.isEmpty()) {
            throw TableException.validation(INVALID + "Secondary index " + index.name()
                    + " does not project one or more filter attributes: " + missing);
        }
    }

    private static Set<String> projected(TableDefinition table, IndexDefinition index) {
        Set<String> names = new HashSet<>(table.keys().names());
        names.addAll(index.keys().names());
        names.addAll(index.nonKeyAttributes());
        return names;
    }
}
