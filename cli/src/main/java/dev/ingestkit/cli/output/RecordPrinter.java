package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes records in one format. Not thread-safe. */
interface RecordPrinter {

    void print(JsonNode record);

    /** Writes the end: a table's last rows, or a closing bracket. */
    void finish();
}
