package dev.ingestkit.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the event that Lambda passes to a function for one shard's batch, with AWS's fields, field order and formats.
 * The size of each record's part is known beforehand, so a batch is cut exactly at the invoke payload's limit and
 * written once into an array of the right size. Immutable.
 */
final class BatchEventWriter {

    private static final byte[] OPEN = "{\"Records\":[".getBytes(UTF_8);
    private static final byte[] CLOSE = "]".getBytes(UTF_8);
    private static final byte[] END = "}".getBytes(UTF_8);
    private static final byte[] COMMA = ",".getBytes(UTF_8);

    /** Space for a tumbling window's members besides its state. */
    private static final int WINDOW_ROOM = 512;

    private final RecordWriter records;
    private final String windowTail;

    private BatchEventWriter(RecordWriter records, String eventSourceArn, String shardId) {
        this.records = records;
        this.windowTail = ",\"shardId\":\"" + shardId + "\",\"eventSourceARN\":\"" + eventSourceArn + "\"";
    }

    /** Creates a writer for one shard of a mapping's source. */
    static BatchEventWriter of(MappingConfig config, String shardId) {
        RecordWriter records = config.kind() == EventSourceKind.KINESIS
                ? new KinesisRecordWriter(config.eventSourceArn(), shardId, config.roleArn())
                : new WholeRecordWriter();
        return new BatchEventWriter(records, config.eventSourceArn(), shardId);
    }

    /** Returns the bytes that the limit of an invoke payload leaves for records. */
    static int payloadLimit(boolean tumbling) {
        int envelope = OPEN.length + CLOSE.length + END.length;
        int window = tumbling ? WINDOW_ROOM + DeliveryRules.STATE_LIMIT : 0;
        return DeliveryRules.INVOKE_LIMIT - envelope - window;
    }

    /** Returns the bytes of a record's part, including the comma after it. */
    int size(StreamRecord record) {
        return records.size(record) + COMMA.length;
    }

    /**
     * Writes the event for a batch.
     *
     * @param window the tumbling window; null if there is none
     */
    byte[] write(List<QueuedRecord> batch, boolean lastOfWindow, @Nullable TumblingWindow window) {
        byte[] windowMembers = window == null ? new byte[0] : windowMembers(window, lastOfWindow);
        int size = OPEN.length + CLOSE.length + windowMembers.length + END.length;
        for (QueuedRecord record : batch) {
            size += record.eventBytes();
        }
        size -= batch.isEmpty() ? 0 : COMMA.length;
        Utf8Json json = new Utf8Json(size);
        json.bytes(OPEN);
        for (int index = 0; index < batch.size(); index++) {
            if (index > 0) {
                json.bytes(COMMA);
            }
            records.write(batch.get(index).record(), json);
        }
        json.bytes(CLOSE);
        json.bytes(windowMembers);
        json.bytes(END);
        return json.done();
    }

    private byte[] windowMembers(TumblingWindow window, boolean lastOfWindow) {
        String members =
                ",\"window\":{\"start\":\"" + window.start() + "\",\"end\":\"" + window.end() + "\"},\"state\":"
                        + window.state() + windowTail + ",\"isFinalInvokeForWindow\":" + lastOfWindow
                        + ",\"isWindowTerminatedEarly\":" + window.terminatedEarly();
        return members.getBytes(UTF_8);
    }
}
