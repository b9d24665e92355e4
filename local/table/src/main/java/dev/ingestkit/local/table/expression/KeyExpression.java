package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A compiled key condition, not yet matched with the key schema of a table or index. Immutable. */
public final class KeyExpression {
    private static final String UNSUPPORTED = "Query key condition not supported";

    private final List<KeyTerm> terms;

    KeyExpression(List<KeyTerm> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Returns the names of the attributes that have a condition. */
    public Set<String> attributes() {
        return terms.stream().map(KeyTerm::attribute).collect(Collectors.toSet());
    }

    /**
     * Matches the conditions with a key schema.
     *
     * @throws TableException a ValidationException if the partition key has no equality, if an attribute is not part
     *     of the key, or if an operand is not of the key's type
     */
    public KeyCondition resolve(KeySchema schema) {
        int keys = schema.attributes().size();
        if (terms.size() > keys) {
            throw TableException.validation("The number of query conditions (" + terms.size()
                    + ") exceeds the number of key attributes defined in the schema (" + keys + ")");
        }
        List<KeyTerm> partition = found(schema.partitionAttributes());
        if (partition.size() < schema.partitionKeys()) {
            throw missed(schema.partitionAttributes());
        }
        List<KeyTerm> sort = found(schema.sortAttributes());
        if (terms.size() > partition.size() + sort.size()) {
            throw sort.isEmpty() && schema.sort() != null
                    ? missed(schema.sortAttributes())
                    : TableException.validation(UNSUPPORTED);
        }
        requirePrefix(schema.sortAttributes());
        List<Value> equal = operands(partition, schema.partitionAttributes());
        List<Value> sorted = operands(sort, schema.sortAttributes());
        if (!partition.stream().allMatch(KeyExpression::isEquality)) {
            throw TableException.validation(UNSUPPORTED);
        }
        if (sorted.isEmpty()) {
            return new KeyCondition(equal, List.of(), null, null, null);
        }
        int last = sorted.size() - 1;
        KeyTerm compared = sort.get(last);
        return new KeyCondition(
                equal, sorted.subList(0, last), compared.operator(), sorted.get(last), compared.second());
    }

    /** Refuses a condition on an attribute of the sort key unless all attributes before it have equalities. */
    private void requirePrefix(List<KeyAttribute> attributes) {
        List<String> open = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            KeyTerm term = find(attribute.name());
            if (term != null && !open.isEmpty()) {
                throw TableException.validation("RANGE key attributes " + String.join(", ", open)
                        + " must have equality conditions specified in the query because a condition is present on"
                        + " key attribute " + attribute.name());
            }
            if (term == null || !isEquality(term)) {
                open.add(attribute.name());
            }
        }
    }

    private static boolean isEquality(KeyTerm term) {
        return term.operator() == Operator.EQ;
    }

    /** Returns the terms of the attributes that have one, in the attributes' order. */
    private List<KeyTerm> found(List<KeyAttribute> attributes) {
        List<KeyTerm> found = new ArrayList<>();
        for (KeyAttribute attribute : attributes) {
            KeyTerm term = find(attribute.name());
            if (term != null) {
                found.add(term);
            }
        }
        return found;
    }

    private static List<Value> operands(List<KeyTerm> terms, List<KeyAttribute> keys) {
        List<Value> operands = new ArrayList<>();
        for (int at = 0; at < terms.size(); at++) {
            operands.add(requireOperand(terms.get(at), keys.get(at)));
        }
        return operands;
    }

    private @Nullable KeyTerm find(String attribute) {
        for (KeyTerm term : terms) {
            if (term.attribute().equals(attribute)) {
                return term;
            }
        }
        return null;
    }

    /** Returns the error that names the first of the attributes without a condition. */
    private TableException missed(List<KeyAttribute> keys) {
        String name = keys.stream()
                .map(KeyAttribute::name)
                .filter(key -> find(key) == null)
                .findFirst()
                .orElseThrow();
        return TableException.validation("Query condition missed key schema element: " + name);
    }

    /** Returns the term's first operand; both must be of the key's type. */
    private static Value requireOperand(KeyTerm term, KeyAttribute key) {
        Value first = term.first();
        if (term.operator() == null || first == null) {
            throw TableException.validation("Attempted conditional constraint is not an indexable operation");
        }
        ValueType second = term.second() == null ? key.type() : term.second().type();
        if (first.type() != key.type() || second != key.type()) {
            throw TableException.validation("One or more parameter values were invalid: "
                    + "Condition parameter type does not match schema type");
        }
        return first;
    }
}
