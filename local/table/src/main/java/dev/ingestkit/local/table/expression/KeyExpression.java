package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.engine.KeyAttribute;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.KeyCondition.Operator;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
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
        int keys = schema.names().size();
        if (terms.size() > keys) {
            throw TableException.validation("The number of query conditions (" + terms.size()
                    + ") exceeds the number of key attributes defined in the schema (" + keys + ")");
        }
        KeyTerm partition = find(schema.partition().name());
        if (partition == null) {
            throw missed(schema.partition());
        }
        KeyAttribute sortKey = schema.sort();
        KeyTerm sort = sortKey == null ? null : find(sortKey.name());
        if (terms.size() == 2 && sort == null) {
            throw sortKey == null ? TableException.validation(UNSUPPORTED) : missed(sortKey);
        }
        Value equal = requireOperand(partition, schema.partition());
        if (sort == null || sortKey == null) {
            requireEquality(partition);
            return new KeyCondition(equal, null, null, null);
        }
        Value first = requireOperand(sort, sortKey);
        requireEquality(partition);
        return new KeyCondition(equal, sort.operator(), first, sort.second());
    }

    private static void requireEquality(KeyTerm partition) {
        if (partition.operator() != Operator.EQ) {
            throw TableException.validation(UNSUPPORTED);
        }
    }

    private @Nullable KeyTerm find(String attribute) {
        for (KeyTerm term : terms) {
            if (term.attribute().equals(attribute)) {
                return term;
            }
        }
        return null;
    }

    private static TableException missed(KeyAttribute key) {
        return TableException.validation("Query condition missed key schema element: " + key.name());
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
