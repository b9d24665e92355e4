package dev.ingestkit.handlers.writer;

/** Stores events. Thread-safe. */
interface EventTable {

    /** Puts and deletes all of {@code write}, or nothing. Failures are results; nothing is thrown for them. */
    WriteResult write(TableWrite write);
}
