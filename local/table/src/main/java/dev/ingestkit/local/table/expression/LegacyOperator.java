package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.List;
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

    /** The types of values that an operator takes. */
    private enum Types {
        ANY,
        ORDERED,
        PARTS,
        TEXT;

        boolean has(ValueType type) {
            return switch (this) {
                case ANY -> true;
                case ORDERED -> type.isOrdered();
                case PARTS -> type.isOrdered() || type == ValueType.BOOL || type == ValueType.NULL;
                case TEXT -> type == ValueType.S || type == ValueType.B;
            };
        }
    }

    private final int min;
    private final int max;
    private final Types types;

    LegacyOperator(int min, int max, Types types) {
        this.min = min;
        this.max = max;
        this.types = types;
    }

    boolean takes(int count) {
        return count >= min && count <= max;
    }

    boolean takes(ValueType type) {
        return types.has(type);
    }

    /** Returns the condition that the operator makes of an attribute and values. */
    Predicate predicate(String attribute, List<Value> values) {
        DocumentPath path = DocumentPath.of(attribute);
        Operand.Path operand = new Operand.Path(path);
        List<Operand> constants = values.stream().map(Operand.Constant::new).collect(Collectors.toUnmodifiableList());
        return switch (this) {
            case NOT_NULL -> new Predicate.Exists(path);
            case NULL -> new Predicate.Not(new Predicate.Exists(path));
            case CONTAINS -> new Predicate.Contains(operand, constants.get(0));
            case NOT_CONTAINS ->
                new Predicate.All(List.of(
                        new Predicate.Exists(path),
                        new Predicate.Not(new Predicate.Contains(operand, constants.get(0)))));
            case BEGINS_WITH -> new Predicate.BeginsWith(operand, constants.get(0));
            case IN -> new Predicate.In(operand, constants);
            case BETWEEN -> new Predicate.Between(operand, constants.get(0), constants.get(1));
            default -> new Predicate.Compare(comparator(), operand, constants.get(0));
        };
    }

    private Comparator comparator() {
        return switch (this) {
            case EQ -> Comparator.EQUAL;
            case NE -> Comparator.NOT_EQUAL;
            case LE -> Comparator.LESS_OR_EQUAL;
            case LT -> Comparator.LESS;
            case GE -> Comparator.GREATER_OR_EQUAL;
            case GT -> Comparator.GREATER;
            default -> throw new IllegalStateException("not a comparison: " + this);
        };
    }
}
