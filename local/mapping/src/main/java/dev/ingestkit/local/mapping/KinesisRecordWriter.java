package dev.ingestkit.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.time.Instant;

/** Writes Kinesis records: their data in base64 between the record's and the source's members. */
final class KinesisRecordWriter implements RecordWriter {

    private static final byte[] PARTITION_KEY =
            "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"".getBytes(UTF_8);
    private static final byte[] SEQUENCE_NUMBER = "\",\"sequenceNumber\":\"".getBytes(UTF_8);
    private static final byte[] DATA = "\",\"data\":\"".getBytes(UTF_8);
    private static final byte[] ARRIVAL = "\",\"approximateArrivalTimestamp\":".getBytes(UTF_8);

    private final byte[] source;
    private final byte[] tail;
    private final int fixedBytes;

    /**
     * Creates a writer for one shard.
     *
     * @param eventSourceArn {@code arn:aws:kinesis:REGION:ACCOUNT:stream/NAME}, or a consumer's
     */
    KinesisRecordWriter(String eventSourceArn, String shardId, String roleArn) {
        String region = Arn.tryParse(eventSourceArn).map(Arn::region).orElse("");
        source = ("},\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\",\"eventID\":\"" + shardId + ":")
                .getBytes(UTF_8);
        tail = ("\",\"eventName\":\"aws:kinesis:record\",\"invokeIdentityArn\":\"" + roleArn + "\",\"awsRegion\":\""
                        + region + "\",\"eventSourceARN\":\"" + eventSourceArn + "\"}")
                .getBytes(UTF_8);
        fixedBytes = PARTITION_KEY.length
                + SEQUENCE_NUMBER.length
                + DATA.length
                + ARRIVAL.length
                + source.length
                + tail.length;
    }

    @Override
    public int size(StreamRecord record) {
        return fixedBytes
                + Utf8Json.escaped(record.partitionKey()).length
                + 2 * record.sequenceNumber().text().length()
                + Utf8Json.base64Size(record.data().length)
                + seconds(record.approximateArrival()).length();
    }

    @Override
    public void write(StreamRecord record, Utf8Json json) {
        json.bytes(PARTITION_KEY);
        json.bytes(Utf8Json.escaped(record.partitionKey()));
        json.bytes(SEQUENCE_NUMBER);
        json.ascii(record.sequenceNumber().text());
        json.bytes(DATA);
        json.base64(record.data());
        json.bytes(ARRIVAL);
        json.ascii(seconds(record.approximateArrival()));
        json.bytes(source);
        json.ascii(record.sequenceNumber().text());
        json.bytes(tail);
    }

    /** Returns seconds since the epoch with milliseconds, as {@code 1545084650.987}. */
    private static String seconds(Instant time) {
        long millis = time.toEpochMilli();
        String fraction = Long.toString(Math.floorMod(millis, 1000L) + 1000L);
        return Math.floorDiv(millis, 1000L) + "." + fraction.substring(1);
    }
}
