package dev.ingestkit.local.table.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * One attribute value: a view of compact bytes, which must not change. Numbers, sets and maps are in canonical form, so
 * equality of bytes is DynamoDB's equality. Immutable.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html">AttributeValue</a>
 */
public final class Value implements Comparable<Value> {
    /** The null value. */
    public static final Value NULL = new Value(new byte[] {ValueType.NULL.tag()}, 0, 1);

    private static final Value TRUE = new Value(new byte[] {ValueType.BOOL.tag(), 1}, 0, 2);
    private static final Value FALSE = new Value(new byte[] {ValueType.BOOL.tag(), 0}, 0, 2);

    final byte[] bytes;
    final int start;
    final int end;

    Value(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Returns the string value. */
    public static Value of(String text) {
        ValueWriter writer = new ValueWriter(text.length() + 8);
        writer.string(text);
        return writer.toValue();
    }

    /** Returns the number value. */
    public static Value of(DynamoNumber number) {
        ValueWriter writer = new ValueWriter(24);
        writer.number(number);
        return writer.toValue();
    }

    /** Returns the binary value; the bytes are copied. */
    public static Value of(byte[] binary) {
        ValueWriter writer = new ValueWriter(binary.length + 8);
        writer.binary(binary, 0, binary.length);
        return writer.toValue();
    }

    /** Returns the boolean value. */
    public static Value of(boolean flag) {
        return flag ? TRUE : FALSE;
    }

    /** Returns the type. */
    public ValueType type() {
        return Encoding.type(bytes, start);
    }

    /** Returns the text of a string value. */
    public String string() {
        require(ValueType.S);
        int from = payloadStart();
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Returns the number of a number value. */
    public DynamoNumber number() {
        require(ValueType.N);
        return DynamoNumber.ofSortable(bytes, start + 2, end);
    }

    /** Returns a copy of the bytes of a binary value. */
    public byte[] binary() {
        require(ValueType.B);
        return payload();
    }

    /** Returns the flag of a boolean value. */
    public boolean bool() {
        require(ValueType.BOOL);
        return bytes[start + 1] != 0;
    }

    /**
     * Returns a copy of the bytes that order strings (UTF-8), numbers ({@link DynamoNumber#sortable}) and binaries
     * among values of their type.
     */
    public byte[] payload() {
        return Arrays.copyOfRange(bytes, payloadStart(), end);
    }

    /** Returns the number of bytes of {@link #payload()}. */
    public int payloadLength() {
        return end - payloadStart();
    }

    private int payloadStart() {
        return Encoding.payload(bytes, start);
    }

    /** Copies the payload to {@code target} at {@code at}; returns the offset after it. */
    public int copyPayload(byte[] target, int at) {
        int from = payloadStart();
        System.arraycopy(bytes, from, target, at, end - from);
        return at + end - from;
    }

    /** Returns the number of elements of a list or set, or of entries of a map. */
    public int count() {
        ValueType type = type();
        if (type != ValueType.L && type != ValueType.M && !type.isSet()) {
            throw new IllegalStateException("not a container: " + type);
        }
        return Encoding.int32(bytes, start + 5);
    }

    /** Returns the element of a list at the index, or null if the list ends before it. */
    public @Nullable Value get(int index) {
        require(ValueType.L);
        if (index < 0 || index >= count()) {
            return null;
        }
        int at = start + Encoding.CONTAINER_HEADER;
        for (int i = 0; i < index; i++) {
            at = Encoding.end(bytes, at);
        }
        return new Value(bytes, at, Encoding.end(bytes, at));
    }

    /** Returns the value of a map's entry, or null if the map has no entry of that name. */
    public @Nullable Value get(String name) {
        require(ValueType.M);
        int at = start + Encoding.CONTAINER_HEADER;
        while (at < end) {
            int length = Encoding.varint(bytes, at);
            at += Encoding.varintLength(bytes, at);
            boolean same = Utf8.equals(bytes, at, length, name);
            at += length;
            int valueEnd = Encoding.end(bytes, at);
            if (same) {
                return new Value(bytes, at, valueEnd);
            }
            at = valueEnd;
        }
        return null;
    }

    /** Returns a cursor over a map's entries, in the order of their names. */
    public MapCursor entries() {
        require(ValueType.M);
        return new MapCursor(bytes, start + Encoding.CONTAINER_HEADER, end);
    }

    /** Returns the elements of a list in order, or of a set in sorted order. */
    public Iterable<Value> elements() {
        if (type() != ValueType.L && !type().isSet()) {
            throw new IllegalStateException("not a list or set: " + type());
        }
        return Elements::new;
    }

    private final class Elements implements Iterator<Value> {
        private int at = start + Encoding.CONTAINER_HEADER;

        @Override
        public boolean hasNext() {
            return at < end;
        }

        @Override
        public Value next() {
            if (at >= end) {
                throw new NoSuchElementException();
            }
            int from = at;
            at = Encoding.end(bytes, from);
            return new Value(bytes, from, at);
        }
    }

    /** Returns whether a list or set holds an element equal to the value. */
    public boolean containsElement(Value element) {
        for (Value candidate : elements()) {
            if (candidate.equals(element)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a string or binary holds the other, of the same type, as a part. */
    public boolean containsPart(Value part) {
        int from = payloadStart();
        int length = part.payloadLength();
        for (int at = from; at + length <= end; at++) {
            if (Arrays.equals(bytes, at, at + length, part.bytes, part.payloadStart(), part.end)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a string or binary starts with the other, of the same type. */
    public boolean startsWith(Value prefix) {
        int from = payloadStart();
        int length = prefix.payloadLength();
        return end - from >= length
                && Arrays.equals(bytes, from, from + length, prefix.bytes, prefix.payloadStart(), prefix.end);
    }

    /**
     * Compares with a value of the same ordered type: strings and binaries by unsigned bytes, numbers by size.
     *
     * @throws IllegalStateException if the types differ or have no order
     */
    @Override
    public int compareTo(Value other) {
        if (type() != other.type() || !type().isOrdered()) {
            throw new IllegalStateException("no order between " + type() + " and " + other.type());
        }
        return Encoding.compare(bytes, start, other.bytes, other.start);
    }

    /** Returns the size in bytes as DynamoDB counts it, without an attribute name. */
    public int size() {
        return Encoding.size(bytes, start);
    }

    private void require(ValueType type) {
        if (type() != type) {
            throw new IllegalStateException("not of type " + type + ": " + type());
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Value value && Arrays.equals(bytes, start, end, value.bytes, value.start, value.end);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Returns the value as JSON, as the API writes it. */
    @Override
    public String toString() {
        return ItemJson.text(this);
    }
}
