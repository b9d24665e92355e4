package dev.ingestkit.local.table.item;

import java.util.Arrays;

/** Brings the entries of a map, or the elements of a set, into their canonical order within a buffer. */
final class EntrySort {
    private EntrySort() {}

    /** Returns whether the entries' names rise strictly. */
    static boolean isSorted(byte[] bytes, int[] entries, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (compareNames(bytes, entries[i - 1], entries[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether the elements rise strictly. */
    static boolean isSortedSet(byte[] bytes, int[] entries, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (Encoding.compare(bytes, entries[i - 1], bytes, entries[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Sorts map entries by name, the last of the same name only; returns the buffer's new length. */
    static int sortMap(byte[] bytes, int[] entries, int from, int to, int length) {
        return sort(bytes, entries, from, to, length, true);
    }

    /** Sorts set elements, each once; returns the buffer's new length. */
    static int sortSet(byte[] bytes, int[] entries, int from, int to, int length) {
        return sort(bytes, entries, from, to, length, false);
    }

    private static int sort(byte[] bytes, int[] entries, int from, int to, int length, boolean map) {
        int base = entries[from];
        byte[] source = Arrays.copyOfRange(bytes, base, length);
        Integer[] order = new Integer[to - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = entries[from + i] - base;
        }
        Arrays.sort(order, (a, b) -> map ? compareNames(source, a, b) : Encoding.compare(source, a, source, b));
        int at = base;
        int kept = from;
        for (int i = 0; i < order.length; i++) {
            int start = order[i];
            boolean replaced = i + 1 < order.length
                    && (map
                            ? compareNames(source, start, order[i + 1]) == 0
                            : Encoding.compare(source, start, source, order[i + 1]) == 0);
            if (replaced) {
                continue;
            }
            int end = map ? entryEnd(source, start) : Encoding.end(source, start);
            System.arraycopy(source, start, bytes, at, end - start);
            entries[kept++] = at;
            at += end - start;
        }
        Arrays.fill(entries, kept, to, -1);
        return at;
    }

    /** Returns the number of entries that a sort has left. */
    static int distinct(int[] entries, int from, int to) {
        int count = 0;
        while (from + count < to && entries[from + count] >= 0) {
            count++;
        }
        return count;
    }

    private static int entryEnd(byte[] bytes, int at) {
        int value = at + Encoding.varintLength(bytes, at) + Encoding.varint(bytes, at);
        return Encoding.end(bytes, value);
    }

    private static int compareNames(byte[] bytes, int a, int b) {
        int aStart = a + Encoding.varintLength(bytes, a);
        int bStart = b + Encoding.varintLength(bytes, b);
        return Arrays.compareUnsigned(
                bytes, aStart, aStart + Encoding.varint(bytes, a), bytes, bStart, bStart + Encoding.varint(bytes, b));
    }
}
