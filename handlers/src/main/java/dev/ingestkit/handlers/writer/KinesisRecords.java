package dev.ingestkit.handlers.writer;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import dev.ingestkit.core.event.RecordOrigin;
import java.nio.ByteBuffer;
import java.util.List;

/** Converts Lambda's event into {@link EventRecord}s. */
final class KinesisRecords {

    private KinesisRecords() {}

    static List<EventRecord> from(KinesisEvent event) {
        List<KinesisEventRecord> records = event.getRecords();
        return records == null
                ? List.of()
                : records.stream().map(KinesisRecords::record).toList();
    }

    private static EventRecord record(KinesisEventRecord source) {
        KinesisEvent.Record record = source.getKinesis();
        return new EventRecord(
                bytes(record.getData()),
                new RecordOrigin(
                        source.getEventSourceARN(),
                        shard(source.getEventID()),
                        record.getSequenceNumber(),
                        record.getPartitionKey(),
                        record.getApproximateArrivalTimestamp().toInstant()));
    }

    /** Lambda's event id of a record is {@code <shard id>:<sequence number>}. */
    private static String shard(String eventId) {
        int colon = eventId.indexOf(':');
        return colon < 0 ? eventId : eventId.substring(0, colon);
    }

    private static byte[] bytes(ByteBuffer data) {
        if (data.hasArray() && data.arrayOffset() == 0 && data.remaining() == data.array().length) {
            return data.array();
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }
}
