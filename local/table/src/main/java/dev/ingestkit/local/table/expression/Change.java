package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.expression.Operand.UpdateErrors;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.Value;
import dev.ingestkit.local.table.item.ValueWriter;
import org.jspecify.annotations.Nullable;

/**
 * The change that an update makes at one path of an item. Every change sees the item as it was before the update.
 * Immutable.
 */
sealed interface Change {
    /** Returns the path. */
    DocumentPath path();

    /** Returns the new value, or null for none, given the old one. */
    @Nullable
    Value apply(Item item, @Nullable Value old);

    /** Returns whether the change may give an item its first attribute. */
    boolean creates();

    /** Stores the operand's value. */
    record Set(DocumentPath path, Operand operand) implements Change {
        @Override
        public Value apply(Item item, @Nullable Value old) {
            Value value = operand.evaluate(item);
            if (value == null) {
                throw UpdateErrors.noAttribute();
            }
            return value;
        }

        @Override
        public boolean creates() {
            return true;
        }
    }

    /** Removes the value. */
    record Remove(DocumentPath path) implements Change {
        @Override
        public @Nullable Value apply(Item item, @Nullable Value old) {
            return null;
        }

        @Override
        public boolean creates() {
            return false;
        }
    }

    /** Adds to a number, a set or, as a legacy parameter only, a list. */
    record Add(DocumentPath path, Value value) implements Change {
        @Override
        public Value apply(Item item, @Nullable Value old) {
            if (old == null) {
                return value;
            }
            if (old.type() != value.type()) {
                throw UpdateErrors.wrongType();
            }
            return switch (old.type()) {
                case N -> Value.of(old.number().add(value.number()));
                case L -> new Operand.ListAppend(new Operand.Constant(old), new Operand.Constant(value)).evaluate(item);
                default -> union(old);
            };
        }

        private Value union(Value old) {
            ValueWriter writer = new ValueWriter(128);
            writer.startSet(old.type());
            old.elements().forEach(writer::copy);
            value.elements().forEach(writer::copy);
            writer.endSet();
            return writer.toValue();
        }

        @Override
        public boolean creates() {
            return true;
        }
    }

    /** Deletes elements from a set; a set without elements is removed. */
    record Delete(DocumentPath path, Value value) implements Change {
        @Override
        public @Nullable Value apply(Item item, @Nullable Value old) {
            if (old == null) {
                return null;
            }
            if (old.type() != value.type()) {
                throw UpdateErrors.wrongType();
            }
            ValueWriter writer = new ValueWriter(128);
            writer.startSet(old.type());
            int count = 0;
            for (Value element : old.elements()) {
                if (!value.containsElement(element)) {
                    writer.copy(element);
                    count++;
                }
            }
            writer.endSet();
            return count == 0 ? null : writer.toValue();
        }

        @Override
        public boolean creates() {
            return false;
        }
    }
}
