package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.StreamSource.StreamRecord;

/** Writes one record as a function's event has it. Implementations are immutable. */
interface RecordWriter {

    /** Returns the exact number of bytes that {@link #write} writes. */
    int size(StreamRecord record);

    /** Writes the record, a JSON object. */
    void write(StreamRecord record, Utf8Json json);
}
