package dev.ingestkit.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the event that Lambda passes to a function for one shard's batch, with AWS's fields, field order and formats.
 * The size of each record's part is known beforehand, so a batch is cut exactly at the invoke payload's limit and
 * written once into an array of the right size. Immutable.
 */
final class KinesisEventWriter {

    private static final byte[] OPEN = "{\"Records\":[".getBytes(UTF_8);
    private static final byte[] CLOSE = "]".getBytes(UTF_8);
    private static final byte[] END = "}".getBytes(UTF_8);
    private static final byte[] COMMA = ",".getBytes(UTF_8);
    private static final byte[] PARTITION_KEY =
            "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"".getBytes(UTF_8);
    private static final byte[] SEQUENCE_NUMBER = "\",\"sequenceNumber\":\"".getBytes(UTF_8);
    private static final byte[] DATA = "\",\"data\":\"".getBytes(UTF_8);
    private static final byte[] ARRIVAL = "\",\"approximateArrivalTimestamp\":".getBytes(UTF_8);

    /** Space for a tumbling window's members besides its state. */
    private static final int WINDOW_ROOM = 512;

    private final byte[] source;
    private final byte[] tail;
    private final String windowTail;
    private final int fixedBytes;

    /**
     * Creates a writer for one shard.
     *
     * @param eventSourceArn {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME}, or a consumer's
     */
    KinesisEventWriter(String eventSourceArn, String shardId, String roleArn) {
        String region = Arn.tryParse(eventSourceArn).map(Arn::region).orElse("");
        source = ("},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"" + shardId + ":")
                .getBytes(UTF_8);
        tail = ("\",\"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":\"" + roleArn + "\",\"awsRegion\":\""
                        + region + "\",\"eventSourceARN\":\"" + eventSourceArn + "\"}")
                .getBytes(UTF_8);
        windowTail = ",\"shardId\":\"" + shardId + "\",\"eventSourceARN\":\"" + eventSourceArn + "\"";
        fixedBytes = PARTITION_KEY.length
                + SEQUENCE_NUMBER.length
                + DATA.length
                + ARRIVAL.length
                + source.length
                + tail.length
                + COMMA.length;
    }

    /** Returns the bytes that the limit of an invoke payload leaves for records. */
    static int payloadLimit(boolean tumbling) {
        int envelope = OPEN.length + CLOSE.length + END.length;
        int window = tumbling ? WINDOW_ROOM + DeliveryRules.STATE_LIMIT : 0;
        return DeliveryRules.INVOKE_LIMIT - envelope - window;
    }

    /** Returns the bytes of a record's part, including the comma after it. */
    int size(StreamRecord record) {
        return fixedBytes
                + Utf8Json.escaped(record.partitionKey()).length
                + 2 * record.sequenceNumber().length()
                + Utf8Json.base64Size(record.data().length)
                + seconds(record.approximateArrival()).length();
    }

    /**
     * Writes the event for a batch.
     *
     * @param window the tumbling window; null if there is none
     */
    byte[] write(List<QueuedRecord> records, boolean lastOfWindow, @Nullable TumblingWindow window) {
        byte[] windowMembers = window == null ? new byte[0] : windowMembers(window, lastOfWindow);
        int size = OPEN.length + CLOSE.length + windowMembers.length + END.length;
        for (QueuedRecord record : records) {
            size += record.eventBytes();
        }
        size -= records.isEmpty() ? 0 : COMMA.length;
        Utf8Json json = new Utf8Json(size);
        json.bytes(OPEN);
        for (int index = 0; index < records.size(); index++) {
            if (index > 0) {
                json.bytes(COMMA);
            }
            record(json, records.get(index).record());
        }
        json.bytes(CLOSE);
        json.bytes(windowMembers);
        json.bytes(END);
        return json.done();
    }

    private void record(Utf8Json json, StreamRecord record) {
        json.bytes(PARTITION_KEY);
        json.bytes(Utf8Json.escaped(record.partitionKey()));
        json.bytes(SEQUENCE_NUMBER);
        json.ascii(record.sequenceNumber());
        json.bytes(DATA);
        json.base64(record.data());
        json.bytes(ARRIVAL);
        json.ascii(seconds(record.approximateArrival()));
        json.bytes(source);
        json.ascii(record.sequenceNumber());
        json.bytes(tail);
    }

    /** Returns seconds since the epoch with milliseconds, as {@code 1545084650.987}. */
    private static String seconds(Instant time) {
        long millis = time.toEpochMilli();
        String fraction = Long.toString(Math.floorMod(millis, 1000L) + 1000L);
        return Math.floorDiv(millis, 1000L) + "." + fraction.substring(1);
    }

    private byte[] windowMembers(TumblingWindow window, boolean lastOfWindow) {
        String members =
                ",\"window\":{\"start\":\"" + window.start() + "\",\"end\":\"" + window.end() + "\"},\"state\":"
                        + window.state() + windowTail + ",\"isFinalInvokeForWindow\":" + lastOfWindow
                        + ",\"isWindowTerminatedEarly\":" + window.terminatedEarly();
        return members.getBytes(UTF_8);
    }
}
