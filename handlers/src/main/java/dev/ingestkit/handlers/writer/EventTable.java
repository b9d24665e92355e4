package dev.ingestkit.handlers.writer;

import java.util.List;

/** Stores events. Thread-safe. */
interface EventTable {

    /** The largest number of writes that one {@link #insert} takes. */
    int MAX_INSERTS = 25;

    /** Puts and deletes all of {@code write}, or nothing. Failures are returned as results, never thrown. */
    WriteResult write(TableWrite write);

    /**
     * Puts the items of several new events in one call, each item on its own and only if nothing is stored under its
     * key. A result of {@link WriteResult.Unexpected} says that this write changed nothing as far as is known: an item
     * is stored, or the table could not decide in this call. {@link #write} decides then.
     *
     * @param writes of different keys, one part each, at most {@link #MAX_INSERTS}
     * @return a result for each write, in their order; never {@link WriteResult.Refused}
     */
    List<WriteResult> insert(List<TableWrite> writes);
}
