package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Covers the event that a function receives. */
final class KinesisEventTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/writer";

    private final BatchEventWriter writer =
            BatchEventWriter.of(MappingScenario.config().roleArn(ROLE).build(), "shardId-000000000006");

    private QueuedRecord queued(String key, byte[] data, String arrival) {
        StreamRecord record = new StreamRecord(new SequenceNumber("4959"), key, data, Instant.parse(arrival), null);
        return new QueuedRecord(0, record, writer.size(record), Instant.parse(arrival));
    }

    @Test
    void theEventHasAwsFieldsInAwsOrder() {
        byte[] event = writer.write(
                List.of(
                        queued(
                                "1",
                                "Hello, this is a test.".getBytes(StandardCharsets.UTF_8),
                                "2018-12-17T22:10:50.987Z"),
                        queued("2", new byte[0], "2018-12-17T22:10:51.005Z")),
                false,
                null);
        String tail = "\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\","
                + "\"eventID\":\"shardId-000000000006:4959\",\"eventName\":\"aws:kinesis:record\","
                + "\"invokeIdentityArn\":\"" + ROLE + "\",\"awsRegion\":\"us-east-1\",\"eventSourceARN\":\""
                + FakeStream.ARN + "\"}";
        assertThat(new String(event, StandardCharsets.UTF_8))
                .isEqualTo("{\"Records\":[{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"1\","
                        + "\"sequenceNumber\":\"4959\",\"data\":\"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==\","
                        + "\"approximateArrivalTimestamp\":1545084650.987}," + tail
                        + ",{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"2\","
                        + "\"sequenceNumber\":\"4959\",\"data\":\"\",\"approximateArrivalTimestamp\":1545084651.005},"
                        + tail + "]}");
    }

    @Test
    void lambdasOwnDeserializerReadsTheEvent() {
        byte[] event = writer.write(
                List.of(queued("k", new byte[] {0, 1, (byte) 255}, "2018-12-17T22:10:50.987Z")), false, null);
        KinesisEvent read = LambdaEventSerializers.serializerFor(
                        KinesisEvent.class, getClass().getClassLoader())
                .fromJson(new ByteArrayInputStream(event));

        KinesisEvent.KinesisEventRecord record = read.getRecords().get(0);
        assertThat(record.getKinesis().getData().array()).containsExactly(0, 1, 255);
        assertThat(record.getKinesis().getApproximateArrivalTimestamp().toInstant())
                .isEqualTo(Instant.parse("2018-12-17T22:10:50.987Z"));
        assertThat(record.getEventSourceARN()).isEqualTo(FakeStream.ARN);
    }

    @Test
    void anyKeyAndDataRoundTrip() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ObjectMapper json = new ObjectMapper();
        for (int run = 0; run < 300; run++) {
            List<QueuedRecord> records = new ArrayList<>();
            for (int count = random.nextInt(5); count >= 0; count--) {
                byte[] data = new byte[random.nextInt(200)];
                random.nextBytes(data);
                records.add(queued(key(random), data, "2026-01-01T00:00:00.001Z"));
            }
            JsonNode event = json.readTree(writer.write(records, false, null));
            for (int index = 0; index < records.size(); index++) {
                JsonNode kinesis = event.at("/Records/" + index + "/kinesis");
                StreamRecord record = records.get(index).record();
                assertThat(kinesis.get("partitionKey").asText())
                        .as("seed %d", seed)
                        .isEqualTo(record.partitionKey());
                assertThat(Base64.getDecoder().decode(kinesis.get("data").asText()))
                        .as("seed %d", seed)
                        .isEqualTo(record.data());
            }
        }
    }

    private static String key(Random random) {
        int[] points = random.ints(1 + random.nextInt(20), 0, 0x1_0000)
                .filter(point -> point < 0xd800 || point > 0xdfff)
                .toArray();
        String odd = new String(points, 0, points.length) + "\"\\\n\u0001\u007f😀";
        return random.nextBoolean() ? odd : "plain-" + points.length;
    }
}
