package dev.ingestkit.local.table.item;

import java.nio.charset.StandardCharsets;

/** Walks over the entries of a map in the order of their names, beginning before the first one. Not thread-safe. */
public final class MapCursor {
    private final byte[] bytes;
    private final int end;
    private int at;
    private int nameStart;
    private int nameLength;
    private int valueStart;

    MapCursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Moves to the next entry; returns false after the last one. */
    public boolean next() {
        if (at >= end) {
            return false;
        }
        nameLength = Encoding.varint(bytes, at);
        nameStart = at + Encoding.varintLength(bytes, at);
        valueStart = nameStart + nameLength;
        at = Encoding.end(bytes, valueStart);
        return true;
    }

    /** Returns the entry's name. */
    public String name() {
        return new String(bytes, nameStart, nameLength, StandardCharsets.UTF_8);
    }

    /** Returns whether the entry has this name. */
    public boolean isNamed(String name) {
        return Utf8.equals(bytes, nameStart, nameLength, name);
    }

    /** Returns the entry's value. */
    public Value value() {
        return new Value(bytes, valueStart, at);
    }

    int nameStart() {
        return nameStart;
    }

    /** Returns the size of the entry's name in UTF-8. */
    public int nameLength() {
        return nameLength;
    }

    byte[] bytes() {
        return bytes;
    }

    int valueStart() {
        return valueStart;
    }

    int valueEnd() {
        return at;
    }
}
