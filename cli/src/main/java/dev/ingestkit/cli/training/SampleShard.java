package dev.ingestkit.cli.training;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The two records of the sample endpoint's on-failure dead letter, in CBOR like Kinesis's answers. Immutable. */
final class SampleShard {

    static final String CONTENT_TYPE = "application/x-amz-cbor-1.1";

    private static final CBORFactory CBOR = new CBORFactory();
    /** The tag of timestamps; AWS writes milliseconds, although its definition says seconds. */
    private static final int TIMESTAMP_TAG = 1;

    private static final int RETENTION_HOURS = 24;

    private record Sample(String sequenceNumber, String key, Instant arrivedAt, String payload) {}

    private static final List<Sample> RECORDS = List.of(
            new Sample(
                    "49670000000000000000000000000000000000000000000000000005",
                    "order-5",
                    Instant.parse("2026-03-01T11:59:54.500Z"),
                    "{\"total\":5}"),
            new Sample(
                    "49670000000000000000000000000000000000000000000000000006",
                    "order-6",
                    Instant.parse("2026-03-01T11:59:55.600Z"),
                    "{\"total\":\"six"));

    private SampleShard() {}

    /** A writer of the members of an answer. */
    @FunctionalInterface
    private interface Members {
        void write(CBORGenerator generator) throws IOException;
    }

    static byte[] summary() throws IOException {
        return object(generator -> {
            generator.writeObjectFieldStart("StreamDescriptionSummary");
            generator.writeNumberField("RetentionPeriodHours", RETENTION_HOURS);
            generator.writeEndObject();
        });
    }

    static byte[] iterator() throws IOException {
        return object(generator -> generator.writeStringField("ShardIterator", "sample"));
    }

    /** Returns all records, as the last page. */
    static byte[] records() throws IOException {
        return object(generator -> {
            generator.writeNumberField("MillisBehindLatest", 0);
            generator.writeArrayFieldStart("Records");
            for (Sample sample : RECORDS) {
                write(generator, sample);
            }
            generator.writeEndArray();
        });
    }

    private static void write(CBORGenerator generator, Sample sample) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("SequenceNumber", sample.sequenceNumber);
        generator.writeStringField("PartitionKey", sample.key);
        generator.writeBinaryField("Data", sample.payload.getBytes(StandardCharsets.UTF_8));
        generator.writeFieldName("ApproximateArrivalTimestamp");
        generator.writeTag(TIMESTAMP_TAG);
        generator.writeNumber(sample.arrivedAt.toEpochMilli());
        generator.writeEndObject();
    }

    private static byte[] object(Members members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (CBORGenerator generator = CBOR.createGenerator(bytes)) {
            generator.writeStartObject();
            members.write(generator);
            generator.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
