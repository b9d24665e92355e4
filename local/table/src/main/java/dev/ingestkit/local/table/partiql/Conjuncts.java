package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.expression.Comparator;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.Node;
import dev.ingestkit.local.table.expression.Node.PathPart;
import dev.ingestkit.local.table.expression.Node.Step;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The conditions of a WHERE clause that must all hold, and which of them ask a key attribute for one value. */
final class Conjuncts {
    private final List<Node> all = new ArrayList<>();

    Conjuncts(@Nullable Node where) {
        if (where != null) {
            add(where);
        }
    }

    private void add(Node node) {
        if (node.bare() instanceof Node.Logical logical && logical.and()) {
            add(logical.left());
            add(logical.right());
        } else {
            all.add(node.bare());
        }
    }

    List<Node> all() {
        return all;
    }

    /** Returns the different values that the conditions ask the attribute to be equal to. */
    List<Value> equalTo(String attribute) {
        List<Value> values = new ArrayList<>();
        for (Node node : all) {
            Value value = equality(node, attribute);
            if (value != null && !values.contains(value)) {
                values.add(value);
            }
        }
        return values;
    }

    /** Returns the conditions that are not equalities of these attributes. */
    List<Node> besides(List<KeyAttribute> attributes) {
        List<Node> rest = new ArrayList<>();
        for (Node node : all) {
            if (attributes.stream().noneMatch(key -> equality(node, key.name()) != null)) {
                rest.add(node);
            }
        }
        return rest;
    }

    /** Returns the value that the condition asks the attribute to be equal to, or null if it asks something else. */
    private static @Nullable Value equality(Node node, String attribute) {
        if (node instanceof Node.Compare compare && compare.operator() == Comparator.EQUAL) {
            Value value = isAttribute(compare.left(), attribute) ? literal(compare.right()) : null;
            return value == null && isAttribute(compare.right(), attribute) ? literal(compare.left()) : value;
        }
        if (node instanceof Node.In in && in.candidates().size() == 1 && isAttribute(in.operand(), attribute)) {
            return literal(in.candidates().get(0));
        }
        return null;
    }

    /** Returns the one condition that asks the attribute to be one of some literals, or null without it. */
    Node.@Nullable In choice(String attribute) {
        Node.In found = null;
        for (Node node : all) {
            if (node instanceof Node.In in && isAttribute(in.operand(), attribute)) {
                boolean literals = in.candidates().stream().allMatch(candidate -> literal(candidate) != null);
                if (found != null || !literals) {
                    return null;
                }
                found = in;
            }
        }
        return found;
    }

    /** Returns the different values of a type among the condition's literals; no item has a value of another type. */
    static List<Value> values(Node.In choice, ValueType type) {
        Set<Value> values = new LinkedHashSet<>();
        for (Node candidate : choice.candidates()) {
            Value value = literal(candidate);
            if (value != null && value.type() == type) {
                values.add(value);
            }
        }
        return List.copyOf(values);
    }

    static boolean isAttribute(Node node, String attribute) {
        return node.bare() instanceof Node.Path path
                && path.parts().size() == 1
                && path.parts().get(0).text().equals(attribute);
    }

    static @Nullable Value literal(Node node) {
        return node.bare() instanceof Node.Literal literal ? literal.value() : null;
    }

    /** Returns the condition that an item has the attribute. */
    static Node exists(String attribute) {
        return new Node.Call(
                "attribute_exists", List.of(new Node.Path(List.of(new PathPart(attribute, Step.NAME, true)))));
    }

    /** Compiles the conditions to one, or returns null if there are none. */
    static @Nullable Condition compile(List<Node> conditions) {
        Node joined = null;
        for (Node condition : conditions) {
            joined = joined == null ? condition : new Node.Logical(true, joined, condition);
        }
        return joined == null ? null : Expressions.statementCondition(joined);
    }
}
