package dev.ingestkit.local.table.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one value in compact form. Containers are opened and closed; entries of maps and elements of sets may come in
 * any order. Not thread-safe; reusable after {@link #reset()}.
 */
public final class ValueWriter {
    private byte[] bytes;
    private int length;
    /** The offsets of the entries of open maps and sets, innermost last. */
    private int[] entries = new int[32];

    private int entryCount;
    /** For each open container: its start, then the number of entries noted before it. */
    private int[] open = new int[16];

    private int openCount;

    /** Creates a writer with room for about the given number of bytes. */
    public ValueWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /** Forgets everything written. */
    public void reset() {
        length = 0;
        entryCount = 0;
        openCount = 0;
    }

    /** Writes a string. */
    public void string(String text) {
        element();
        tag(ValueType.S);
        text(text);
    }

    private void text(String text) {
        int chars = text.length();
        ensure(chars + 5);
        int at = Encoding.putVarint(bytes, length, chars);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                encoded(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[at++] = (byte) c;
        }
        length = at;
    }

    private void encoded(byte[] utf8) {
        ensure(utf8.length + 5);
        length = Encoding.putVarint(bytes, length, utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** Writes a number. */
    public void number(DynamoNumber number) {
        element();
        byte[] raw = number.raw();
        ensure(raw.length + 2);
        tag(ValueType.N);
        bytes[length++] = (byte) raw.length;
        System.arraycopy(raw, 0, bytes, length, raw.length);
        length += raw.length;
    }

    /** Writes a binary. */
    public void binary(byte[] source, int from, int count) {
        element();
        tag(ValueType.B);
        ensure(count + 5);
        length = Encoding.putVarint(bytes, length, count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Writes a boolean. */
    public void bool(boolean flag) {
        element();
        tag(ValueType.BOOL);
        ensure(1);
        bytes[length++] = (byte) (flag ? 1 : 0);
    }

    /** Writes a null. */
    public void nul() {
        element();
        tag(ValueType.NULL);
    }

    /** Writes a copy of a value. */
    public void copy(Value value) {
        element();
        raw(value.bytes, value.start, value.end);
    }

    private void raw(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    /** Opens a map; {@link #name} precedes each value. */
    public void startMap() {
        start(ValueType.M);
    }

    /** Opens a list. */
    public void startList() {
        start(ValueType.L);
    }

    /** Opens a set of the type; its elements are values of the element type. */
    public void startSet(ValueType type) {
        start(type);
    }

    private void start(ValueType type) {
        element();
        if (openCount + 2 > open.length) {
            open = Arrays.copyOf(open, open.length * 2);
        }
        open[openCount++] = length;
        open[openCount++] = entryCount;
        tag(type);
        ensure(8);
        length += 8;
    }

    /** Records the start of an element of an open list or set; the name of a map's entry records its start. */
    private void element() {
        if (openCount > 0 && bytes[open[openCount - 2]] != ValueType.M.tag()) {
            note();
        }
    }

    private void note() {
        if (entryCount == entries.length) {
            entries = Arrays.copyOf(entries, entryCount * 2);
        }
        entries[entryCount++] = length;
    }

    /** Writes the name of the entry that follows. */
    public void name(String name) {
        note();
        text(name);
    }

    /** Writes the cursor's present entry, name and value, into the open map. */
    public void entry(MapCursor cursor) {
        note();
        ensure(5);
        length = Encoding.putVarint(bytes, length, cursor.nameLength());
        raw(cursor.bytes(), cursor.nameStart(), cursor.valueEnd());
    }

    /** Closes the map; of entries with the same name the last one stays. */
    public void endMap() {
        int base = open[openCount - 1];
        if (!EntrySort.isSorted(bytes, entries, base, entryCount)) {
            length = EntrySort.sortMap(bytes, entries, base, entryCount, length);
            entryCount = base + EntrySort.distinct(entries, base, entryCount);
        }
        end();
    }

    /** Closes the list. */
    public void endList() {
        end();
    }

    /** Closes the set; returns false if elements came twice, which then stay once. */
    public boolean endSet() {
        int base = open[openCount - 1];
        int before = entryCount;
        if (!EntrySort.isSortedSet(bytes, entries, base, entryCount)) {
            length = EntrySort.sortSet(bytes, entries, base, entryCount, length);
            entryCount = base + EntrySort.distinct(entries, base, entryCount);
        }
        boolean distinct = entryCount == before;
        end();
        return distinct;
    }

    private void end() {
        int base = open[--openCount];
        int start = open[--openCount];
        Encoding.putInt32(bytes, start + 1, length - start - 5);
        Encoding.putInt32(bytes, start + 5, entryCount - base);
        entryCount = base;
    }

    /** Returns a position for {@link #rewind}, within the container that is open now. */
    long mark() {
        return (long) length << 32 | entryCount;
    }

    void rewind(long mark) {
        length = (int) (mark >>> 32);
        entryCount = (int) mark;
    }

    private void tag(ValueType type) {
        ensure(1);
        bytes[length++] = type.tag();
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Returns the one value written, copied into an array of its size. */
    public Value toValue() {
        if (openCount != 0 || length == 0) {
            throw new IllegalStateException("not one complete value: " + openCount / 2 + " containers are open");
        }
        return new Value(Arrays.copyOf(bytes, length), 0, length);
    }

    /** Returns the one map written as an item, copied into an array of its size. */
    public Item toItem() {
        return Item.of(toValue());
    }

    Item emptyItem() {
        startMap();
        endMap();
        return toItem();
    }
}
