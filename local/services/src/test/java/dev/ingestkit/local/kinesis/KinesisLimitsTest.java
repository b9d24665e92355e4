package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisLimitsTest {

    private static final String SHARD = "shardId-000000000000";
    private static final String EXCEEDED =
            "Rate exceeded for shard shardId-000000000000 in stream s under account 000000000000.";

    private final KinesisCalls kinesis = new KinesisCalls();

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void shardsAcceptAThousandRecordsPerSecond() {
        kinesis.createStream("s", 1);

        assertThat(failed(putRecords(500, 1))).isZero();
        assertThat(failed(putRecords(500, 1))).isZero();
        JsonNode response = putRecords(2, 1);

        assertThat(failed(response)).isEqualTo(2);
        assertThat(response.at("/Records/0/ErrorCode").asText()).isEqualTo("ProvisionedThroughputExceededException");
        assertThat(response.at("/Records/0/ErrorMessage").asText()).isEqualTo(EXCEEDED);
        kinesis.clock.advance(Duration.ofMillis(100));
        assertThat(failed(putRecords(101, 1))).isEqualTo(1);
    }

    @Test
    void shardsAcceptAMebibytePerSecond() {
        kinesis.createStream("s", 1);

        JsonNode response = putRecords(9, 131_000);

        assertThat(failed(response)).isEqualTo(1);
        assertThatThrownBy(() -> kinesis.put("s", "k", "x".repeat(131_000)))
                .isInstanceOfSatisfying(ServiceException.class, error -> {
                    assertThat(error.code()).isEqualTo("ProvisionedThroughputExceededException");
                    assertThat(error.status()).isEqualTo(400);
                    assertThat(error.text()).isEqualTo(EXCEEDED);
                });
        kinesis.clock.advance(Duration.ofSeconds(1));
        kinesis.put("s", "k", "x".repeat(131_000));
    }

    @Test
    void recordsAboveTheRateDelayLaterRecords() {
        kinesis.createStream("s", 1);
        kinesis.call(
                "UpdateMaxRecordSize",
                "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s','MaxRecordSizeInKiB':4096}");

        kinesis.put("s", "k", "x".repeat(4 << 20));
        kinesis.clock.advance(Duration.ofMillis(2900));
        assertThatThrownBy(() -> kinesis.put("s", "k", "x")).hasMessage(EXCEEDED);
        kinesis.clock.advance(Duration.ofMillis(200));
        kinesis.put("s", "k", "x");
    }

    @Test
    void onDemandStreamsHaveTheLimitsOfAllShards() {
        kinesis.call("CreateStream", "{'StreamName':'s','StreamModeDetails':{'StreamMode':'ON_DEMAND'}}");

        for (int round = 0; round < 8; round++) {
            assertThat(failed(putRecords(500, 1))).isZero();
        }
        assertThat(failed(putRecords(1, 1))).isEqualTo(1);
    }

    @Test
    void shardsAllowFiveReadsPerSecond() {
        kinesis.createStream("s", 1);
        String iterator = kinesis.iterator("s", SHARD, "'TRIM_HORIZON'");
        for (int call = 0; call < 5; call++) {
            kinesis.records(iterator);
        }

        assertThatThrownBy(() -> kinesis.records(iterator)).hasMessage(EXCEEDED);
        kinesis.clock.advance(Duration.ofMillis(200));
        kinesis.records(iterator);
    }

    @Test
    void largeReadsDelayLaterReads() {
        kinesis.createStream("s", 1);
        for (int second = 0; second < 8; second++) {
            kinesis.put("s", "k", "x".repeat(1 << 20).substring(1));
            kinesis.clock.advance(Duration.ofSeconds(1));
        }
        String iterator = kinesis.iterator("s", SHARD, "'TRIM_HORIZON'");

        assertThat(kinesis.records(iterator).path("Records")).hasSize(8);
        kinesis.clock.advance(Duration.ofMillis(2900));
        assertThatThrownBy(() -> kinesis.records(iterator)).hasMessage(EXCEEDED);
        kinesis.clock.advance(Duration.ofMillis(200));
        assertThat(kinesis.records(iterator).path("Records")).hasSize(8);
    }

    @Test
    void cursorsUseNoneOfTheReadQuota() {
        kinesis.createStream("s", 1);
        kinesis.put("s", "k", "x");
        StreamHandle stream = kinesis.service.stream("s").orElseThrow();
        for (int call = 0; call < 20; call++) {
            try (ShardCursor cursor = stream.open(new ShardId(0), new IteratorPosition.TrimHorizon())) {
                assertThat(cursor.read(10).records()).hasSize(1);
            }
        }

        assertThat(kinesis.records(kinesis.iterator("s", SHARD, "'TRIM_HORIZON'"))
                        .path("Records"))
                .hasSize(1);
    }

    @Test
    void streamsWithoutLimitsRejectNoCall() {
        try (KinesisCalls free = KinesisCalls.withoutLimits()) {
            free.createStream("s", 1);
            String iterator = free.iterator("s", SHARD, "'TRIM_HORIZON'");
            for (int round = 0; round < 10; round++) {
                assertThat(failed(free.call("PutRecords", records(500, 1)))).isZero();
                free.records(iterator);
            }
        }
    }

    private JsonNode putRecords(int count, int size) {
        return kinesis.call("PutRecords", records(count, size));
    }

    private static String records(int count, int size) {
        String entry = "{'PartitionKey':'k','Data':'%s'}".formatted(KinesisCalls.base64("x".repeat(size)));
        return "{'StreamName':'s','Records':[%s]}"
                .formatted(IntStream.range(0, count).mapToObj(at -> entry).collect(Collectors.joining(",")));
    }

    private static int failed(JsonNode response) {
        return response.path("FailedRecordCount").asInt();
    }
}
