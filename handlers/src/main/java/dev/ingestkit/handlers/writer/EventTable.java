package dev.ingestkit.handlers.writer;

/** Stores events. Thread-safe. */
interface EventTable {

    /** Puts and deletes all of {@code write}, or nothing. Failures are returned as results, never thrown. */
    WriteResult write(TableWrite write);
}
