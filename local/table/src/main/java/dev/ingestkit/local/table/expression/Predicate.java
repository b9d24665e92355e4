package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import java.util.List;

/** A compiled condition: true or false of any item, without errors. Immutable. */
sealed interface Predicate {
    /** Returns whether the item satisfies the condition. */
    boolean test(Item item);

    /** All of the conditions. */
    record All(List<Predicate> conditions) implements Predicate {
        @Override
        public boolean test(Item item) {
            for (Predicate condition : conditions) {
                if (!condition.test(item)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Any of the conditions. */
    record Any(List<Predicate> conditions) implements Predicate {
        @Override
        public boolean test(Item item) {
            for (Predicate condition : conditions) {
                if (condition.test(item)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The opposite of a condition. */
    record Not(Predicate condition) implements Predicate {
        @Override
        public boolean test(Item item) {
            return !condition.test(item);
        }
    }

    /** A comparison. Values of different types are unequal and have no order; a missing value equals nothing. */
    record Compare(Comparator operator, Operand left, Operand right) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value first = left.evaluate(item);
            Value second = right.evaluate(item);
            if (!operator.isOrdering()) {
                boolean equal = first != null && second != null && first.equals(second);
                return equal == (operator == Comparator.EQUAL);
            }
            return first != null
                    && second != null
                    && isOrdered(first, second)
                    && operator.holds(first.compareTo(second));
        }
    }

    /** A test that a value is between two others, both included. */
    record Between(Operand operand, Operand low, Operand high) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value value = operand.evaluate(item);
            Value lower = low.evaluate(item);
            Value upper = high.evaluate(item);
            return value != null
                    && lower != null
                    && upper != null
                    && isOrdered(value, lower)
                    && isOrdered(value, upper)
                    && value.compareTo(lower) >= 0
                    && value.compareTo(upper) <= 0;
        }
    }

    /** A test that a value equals one of the candidates. */
    record In(Operand operand, List<Operand> candidates) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value value = operand.evaluate(item);
            if (value == null) {
                return false;
            }
            for (Operand candidate : candidates) {
                Value other = candidate.evaluate(item);
                if (other != null && value.equals(other)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A test that a path has a value. */
    record Exists(DocumentPath path) implements Predicate {
        @Override
        public boolean test(Item item) {
            return path.find(item) != null;
        }
    }

    /** A test of the type of a value. */
    record HasType(DocumentPath path, ValueType type) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value value = path.find(item);
            return value != null && value.type() == type;
        }
    }

    /** A test that a string or binary starts with another. */
    record BeginsWith(Operand operand, Operand prefix) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value value = operand.evaluate(item);
            Value start = prefix.evaluate(item);
            return value != null
                    && start != null
                    && isText(value)
                    && start.type() == value.type()
                    && value.startsWith(start);
        }
    }

    /** A test that a string or binary has a part, or a set or list an element. */
    record Contains(Operand operand, Operand part) implements Predicate {
        @Override
        public boolean test(Item item) {
            Value value = operand.evaluate(item);
            Value sought = part.evaluate(item);
            if (value == null || sought == null) {
                return false;
            }
            if (isText(value)) {
                return value.type() == sought.type() && value.containsPart(sought);
            }
            return (value.type() == ValueType.L || value.type().isSet()) && value.containsElement(sought);
        }
    }

    /** The same answer for every item. */
    record Fixed(boolean holds) implements Predicate {
        @Override
        public boolean test(Item item) {
            return holds;
        }
    }

    private static boolean isText(Value value) {
        return value.type() == ValueType.S || value.type() == ValueType.B;
    }

    private static boolean isOrdered(Value first, Value second) {
        return first.type() == second.type() && first.type().isOrdered();
    }
}
