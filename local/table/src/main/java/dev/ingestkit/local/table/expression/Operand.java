package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.DynamoNumber;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueType;
import dev.ingestkit.local.table.item.ValueWriter;
import org.jspecify.annotations.Nullable;

/** An expression that yields a value when it is evaluated on an item. Immutable. */
sealed interface Operand {
    /** Returns the value, or null if the item has none. */
    @Nullable
    Value evaluate(Item item);

    /** Returns the type of the value if every item yields the same type, else null. */
    default @Nullable ValueType type() {
        return null;
    }

    /** Returns the value if the request gives it, else null. */
    default @Nullable Value constant() {
        return null;
    }

    /** Returns the path in the item if the operand is one, else null. */
    default @Nullable DocumentPath location() {
        return null;
    }

    /** A path in the item. */
    record Path(DocumentPath path) implements Operand {
        @Override
        public @Nullable Value evaluate(Item item) {
            return path.find(item);
        }

        @Override
        public DocumentPath location() {
            return path;
        }
    }

    /** A value of the request. */
    record Constant(Value value) implements Operand {
        @Override
        public Value evaluate(Item item) {
            return value;
        }

        @Override
        public ValueType type() {
            return value.type();
        }

        @Override
        public Value constant() {
            return value;
        }
    }

    /** The size of a value: characters of a string, bytes of a binary, elements of a container. */
    record Size(Operand of) implements Operand {
        @Override
        public @Nullable Value evaluate(Item item) {
            Value value = of.evaluate(item);
            if (value == null) {
                return null;
            }
            return switch (value.type()) {
                case S -> count(value.string().length());
                case B -> count(value.payloadLength());
                case N, BOOL, NULL -> null;
                default -> count(value.count());
            };
        }

        private static Value count(int count) {
            return Value.of(DynamoNumber.of(count));
        }

        @Override
        public ValueType type() {
            return ValueType.N;
        }
    }

    /** The value at a path in the item, or another value if the item has none. */
    record IfNotExists(DocumentPath path, Operand otherwise) implements Operand {
        @Override
        public @Nullable Value evaluate(Item item) {
            Value value = path.find(item);
            return value == null ? otherwise.evaluate(item) : value;
        }
    }

    /** Two lists in one. */
    record ListAppend(Operand first, Operand second) implements Operand {
        @Override
        public Value evaluate(Item item) {
            Value head = UpdateErrors.require(first.evaluate(item), ValueType.L);
            Value tail = UpdateErrors.require(second.evaluate(item), ValueType.L);
            ValueWriter writer = new ValueWriter(256);
            writer.startList();
            head.elements().forEach(writer::copy);
            tail.elements().forEach(writer::copy);
            writer.endList();
            return writer.toValue();
        }

        @Override
        public ValueType type() {
            return ValueType.L;
        }
    }

    /** The sum or difference of two numbers. */
    record Sum(boolean minus, Operand left, Operand right) implements Operand {
        @Override
        public Value evaluate(Item item) {
            DynamoNumber first =
                    UpdateErrors.require(left.evaluate(item), ValueType.N).number();
            DynamoNumber second =
                    UpdateErrors.require(right.evaluate(item), ValueType.N).number();
            return Value.of(minus ? first.subtract(second) : first.add(second));
        }

        @Override
        public ValueType type() {
            return ValueType.N;
        }
    }

    /** The reasons why an update cannot be applied to an item. */
    final class UpdateErrors {
        private UpdateErrors() {}

        static TableException noAttribute() {
            return TableException.validation(
                    "The provided expression refers to an attribute that does not exist in the item");
        }

        static TableException wrongType() {
            return TableException.validation("An operand in the update expression has an incorrect data type");
        }

        static TableException wrongPath() {
            return TableException.validation(
                    "The document path provided in the update expression is invalid for update");
        }

        static TableException tooDeep() {
            return TableException.validation("Nesting Levels have exceeded supported limits");
        }

        /** Returns the value, which must be there and of the type. */
        static Value require(@Nullable Value value, ValueType type) {
            if (value == null) {
                throw noAttribute();
            }
            if (value.type() != type) {
                throw wrongType();
            }
            return value;
        }
    }
}
