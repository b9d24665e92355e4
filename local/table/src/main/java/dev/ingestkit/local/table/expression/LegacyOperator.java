package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The thirteen comparison operators of the legacy parameters: how many values they take, of which types. */
enum LegacyOperator {
    EQ(1, 1, Types.ANY),
    NE(1, 1, Types.ANY),
    LE(1, 1, Types.ORDERED),
    LT(1, 1, Types.ORDERED),
    GE(1, 1, Types.ORDERED),
    GT(1, 1, Types.ORDERED),
    NOT_NULL(0, 0, Types.ANY),
    NULL(0, 0, Types.ANY),
    CONTAINS(1, 1, Types.PARTS),
    NOT_CONTAINS(1, 1, Types.PARTS),
    BEGINS_WITH(1, 1, Types.TEXT),
    IN(1, Integer.MAX_VALUE, Types.ORDERED),
    BETWEEN(2, 2, Types.ORDERED);

    /** Sets of types that operators take. */
    private static final class Types {
        static final Set<ValueType> ANY = Set.of(ValueType.values());
        static final Set<ValueType> ORDERED = Set.of(ValueType.S, ValueType.N, ValueType.B);
        static final Set<ValueType> PARTS =
                Set.of(ValueType.S, ValueType.N, ValueType.B, ValueType.BOOL, ValueType.NULL);
        static final Set<ValueType> TEXT = Set.of(ValueType.S, ValueType.B);
    }

    private final int min;
    private final int max;
    private final Set<ValueType> types;

    LegacyOperator(int min, int max, Set<ValueType> types) {
        this.min = min;
        this.max = max;
        this.types = types;
    }

    boolean takes(int count) {
        return count >= min && count <= max;
    }

    boolean takes(ValueType type) {
        return types.contains(type);
    }

    /** Returns the condition that the operator makes of an attribute and values. */
    Predicate predicate(String attribute, List<Value> values) {
        DocumentPath path = DocumentPath.of(attribute);
        Operand.Path operand = new Operand.Path(path);
        List<Operand> constants = values.stream().map(Operand.Constant::new).collect(Collectors.toUnmodifiableList());
        switch (this) {
            case NOT_NULL:
                return new Predicate.Exists(path);
            case NULL:
                return new Predicate.Not(new Predicate.Exists(path));
            case CONTAINS:
                return new Predicate.Contains(operand, constants.get(0));
            case NOT_CONTAINS:
                return new Predicate.All(List.of(
                        new Predicate.Exists(path),
                        new Predicate.Not(new Predicate.Contains(operand, constants.get(0)))));
            case BEGINS_WITH:
                return new Predicate.BeginsWith(operand, constants.get(0));
            case IN:
                return new Predicate.In(operand, constants);
            case BETWEEN:
                return new Predicate.Between(operand, constants.get(0), constants.get(1));
            default:
                return new Predicate.Compare(comparator(), operand, constants.get(0));
        }
    }

    private Comparator comparator() {
        switch (this) {
            case EQ:
                return Comparator.EQUAL;
            case NE:
                return Comparator.NOT_EQUAL;
            case LE:
                return Comparator.LESS_OR_EQUAL;
            case LT:
                return Comparator.LESS;
            case GE:
                return Comparator.GREATER_OR_EQUAL;
            case GT:
                return Comparator.GREATER;
            default:
                throw new IllegalStateException("not a comparison: " + this);
        }
    }
}
