package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes records in one format. Used by one thread. */
interface RecordPrinter {

    void print(JsonNode record);

    /** Writes what only the end can tell: a table's last rows, a closing bracket. */
    void finish();
}
