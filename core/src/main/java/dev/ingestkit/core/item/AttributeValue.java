package dev.ingestkit.core.item;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A DynamoDB attribute value, of the types that the item layout uses.
 *
 * <p>Values hold their arguments without a copy: an event of a megabyte is not copied at each of its levels. The code
 * that creates a value must not change the list, map or array afterwards.
 */
public sealed interface AttributeValue {

    /** Returns the type, named as in DynamoDB's protocol. */
    Type type();

    /** DynamoDB's names of the types. */
    enum Type {
        S,
        N,
        B,
        BOOL,
        NULL,
        L,
        M
    }

    /** Text. */
    record StringValue(String value) implements AttributeValue {
        public StringValue {
            requireNonNull(value, "value");
        }

        @Override
        public Type type() {
            return Type.S;
        }
    }

    /** A decimal number, as text: JSON's number grammar. */
    record NumberValue(String value) implements AttributeValue {
        public NumberValue {
            requireNonNull(value, "value");
        }

        @Override
        public Type type() {
            return Type.N;
        }
    }

    /** Bytes. Equal by content. */
    record BinaryValue(byte[] value) implements AttributeValue {
        public BinaryValue {
            requireNonNull(value, "value");
        }

        @Override
        public Type type() {
            return Type.B;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BinaryValue that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "BinaryValue[" + value.length + " bytes]";
        }
    }

    /** True or false. */
    record BooleanValue(boolean value) implements AttributeValue {
        @Override
        public Type type() {
            return Type.BOOL;
        }
    }

    /** JSON's null. */
    record NullValue() implements AttributeValue {
        @Override
        public Type type() {
            return Type.NULL;
        }
    }

    /** An ordered list of values of any types. */
    record ListValue(List<AttributeValue> values) implements AttributeValue {
        public ListValue {
            values = Collections.unmodifiableList(values);
        }

        @Override
        public Type type() {
            return Type.L;
        }
    }

    /** Values by name. DynamoDB does not keep the order of the names. */
    record MapValue(Map<String, AttributeValue> values) implements AttributeValue {
        public MapValue {
            values = Collections.unmodifiableMap(values);
        }

        @Override
        public Type type() {
            return Type.M;
        }
    }

    /** Returns {@code value} as text. */
    static AttributeValue of(String value) {
        return new StringValue(value);
    }

    /** Returns {@code value} as a number. */
    static AttributeValue of(long value) {
        return new NumberValue(Long.toString(value));
    }

    /** Returns {@code value} as bytes. */
    static AttributeValue of(byte[] value) {
        return new BinaryValue(value);
    }
}
