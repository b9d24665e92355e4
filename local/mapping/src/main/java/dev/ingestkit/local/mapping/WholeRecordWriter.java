package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.StreamSource.StreamRecord;

/** Copies the data of a record that is the event's JSON object already, as a source of DynamoDB records provides it. */
final class WholeRecordWriter implements RecordWriter {

    @Override
    public int size(StreamRecord record) {
        return record.data().length;
    }

    @Override
    public void write(StreamRecord record, Utf8Json json) {
        json.bytes(record.data());
    }
}
