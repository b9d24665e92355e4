package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    /** A record as Lambda delivers it: the payload in base64, the arrival time in seconds with a fraction. */
    private static KinesisEvent delivered(String payload) {
        String json = """
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"key-1",
            "sequenceNumber":"49590338271490256608559692538361571095921575989136588898",
            "data":"%s","approximateArrivalTimestamp":1545084650.987},
            "eventSource":"aws:kinesis","eventVersion":"1.0",
            "eventID":"shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
            "eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::000000000000:role/r",
            "awsRegion":"us-east-1","eventSourceARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"}]}
            """.formatted(Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)));
        return LambdaEventSerializers.serializerFor(KinesisEvent.class, EventWriterTest.class.getClassLoader())
                .fromJson(new ByteArrayInputStream(json.getBytes(UTF_8)));
    }

    @Test
    void readsRecordsAsLambdaDeliversThem() {
        List<EventRecord> records = KinesisRecords.from(delivered("{\"größe\":1}"));

        assertThat(records).singleElement().satisfies(record -> {
            assertThat(record.payload()).isEqualTo("{\"größe\":1}".getBytes(UTF_8));
            assertThat(record.origin().shard()).isEqualTo("shardId-000000000006");
            assertThat(record.origin().partitionKey()).isEqualTo("key-1");
            assertThat(record.origin().stream()).isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/s");
            assertThat(record.origin().sequenceNumber()).hasSize(56);
            assertThat(record.origin().arrivedAt()).isEqualTo(Instant.ofEpochMilli(1545084650987L));
        });
    }

    @Test
    void eventWithoutRecordsIsAnEmptyBatch() {
        assertThat(KinesisRecords.from(new KinesisEvent())).isEmpty();
    }
}
