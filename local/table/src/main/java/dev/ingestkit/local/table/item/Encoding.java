package dev.ingestkit.local.table.item;

import java.util.Arrays;

/**
 * The compact form of a value: one tag byte, then by type
 * <ul>
 *   <li>string, binary: length as a varint, bytes (strings in UTF-8);
 *   <li>number: one length byte, the sortable form of {@link DynamoNumber};
 *   <li>boolean: one byte; null: nothing;
 *   <li>map: four bytes of length of all that follows, four bytes of count, then name length as a varint, name, value
 *       for each entry, sorted by name; list and set: the same without names, sets sorted by element.
 * </ul>
 * The form is canonical: two values are equal for DynamoDB exactly when their bytes are.
 */
final class Encoding {
    /** Bytes of a container before its first entry: tag, length, count. */
    static final int CONTAINER_HEADER = 9;

    private Encoding() {}

    static ValueType type(byte[] bytes, int offset) {
        return ValueType.ofTag(bytes[offset]);
    }

    /** Returns the offset after the value that starts at {@code offset}. */
    static int end(byte[] bytes, int offset) {
        switch (type(bytes, offset)) {
            case S, B -> {
                int at = offset + 1;
                return at + varintLength(bytes, at) + varint(bytes, at);
            }
            case N -> {
                return offset + 2 + bytes[offset + 1];
            }
            case BOOL -> {
                return offset + 2;
            }
            case NULL -> {
                return offset + 1;
            }
            default -> {
                return offset + 5 + int32(bytes, offset + 1);
            }
        }
    }

    /** Returns the offset of the payload of a string, number, binary or boolean. */
    static int payload(byte[] bytes, int offset) {
        return switch (type(bytes, offset)) {
            case S, B -> offset + 1 + varintLength(bytes, offset + 1);
            case N -> offset + 2;
            case BOOL, NULL -> offset + 1;
            default -> offset + CONTAINER_HEADER;
        };
    }

    /** Returns the size of the value as DynamoDB counts it: without its attribute's name. */
    static int size(byte[] bytes, int offset) {
        return switch (type(bytes, offset)) {
            case S, B -> varint(bytes, offset + 1);
            case N -> DynamoNumber.size(bytes, offset + 2, bytes[offset + 1]);
            case BOOL, NULL -> 1;
            case M -> 3 + int32(bytes, offset + 5) + entriesSize(bytes, offset);
            case L -> 3 + int32(bytes, offset + 5) + elementsSize(bytes, offset);
            default -> elementsSize(bytes, offset);
        };
    }

    /** Returns the size of a map's names and values without the overhead of a nested map: the size of an item. */
    static int entriesSize(byte[] bytes, int offset) {
        int size = 0;
        int end = end(bytes, offset);
        for (int at = offset + CONTAINER_HEADER; at < end; ) {
            int length = varint(bytes, at);
            at += varintLength(bytes, at) + length;
            size += length + size(bytes, at);
            at = end(bytes, at);
        }
        return size;
    }

    private static int elementsSize(byte[] bytes, int offset) {
        int size = 0;
        int end = end(bytes, offset);
        for (int at = offset + CONTAINER_HEADER; at < end; at = end(bytes, at)) {
            size += size(bytes, at);
        }
        return size;
    }

    /** Compares the payloads of two values of one ordered type. */
    static int compare(byte[] a, int aStart, byte[] b, int bStart) {
        return Arrays.compareUnsigned(a, payload(a, aStart), end(a, aStart), b, payload(b, bStart), end(b, bStart));
    }

    static int int32(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    static int varint(byte[] bytes, int at) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        int value = first & 0x7f;
        int shift = 7;
        for (int i = at + 1; ; i++) {
            value |= (bytes[i] & 0x7f) << shift;
            if (bytes[i] >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    static int varintLength(byte[] bytes, int at) {
        int length = 1;
        while (bytes[at + length - 1] < 0) {
            length++;
        }
        return length;
    }

    static int varintLength(int value) {
        int length = 1;
        for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
            length++;
        }
        return length;
    }

    static int putVarint(byte[] bytes, int at, int value) {
        int rest = value;
        int i = at;
        while (rest > 0x7f) {
            bytes[i++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[i++] = (byte) rest;
        return i;
    }
}
