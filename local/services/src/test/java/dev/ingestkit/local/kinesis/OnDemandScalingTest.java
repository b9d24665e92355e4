package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On-demand streams gain shards as their load grows. */
final class OnDemandScalingTest {

    private static final String LOWEST_KEY = "0";
    private static final int MAX_AT_ONCE = 500;

    private final KinesisCalls kinesis = new KinesisCalls();

    @BeforeEach
    void create() {
        kinesis.call("CreateStream", "{'StreamName':'s','StreamModeDetails':{'StreamMode':'ON_DEMAND'}}");
        kinesis.service.scale();
    }

    @AfterEach
    void close() {
        kinesis.close();
    }

    /** Puts records into the first shard in each second of a minute, then scales. */
    private void minute(int records, int bytes) {
        String data = KinesisCalls.base64("x".repeat(bytes));
        String entry = "{'PartitionKey':'k','ExplicitHashKey':'%s','Data':'%s'}".formatted(LOWEST_KEY, data);
        for (int second = 0; second < 60; second++) {
            for (int left = records; left > 0; left -= MAX_AT_ONCE) {
                String entries = String.join(",", Collections.nCopies(Math.min(left, MAX_AT_ONCE), entry));
                kinesis.call("PutRecords", "{'StreamName':'s','Records':[%s]}".formatted(entries));
            }
            kinesis.clock.advance(Duration.ofSeconds(1));
        }
        kinesis.service.scale();
    }

    private List<String> openShards() {
        List<String> open = new ArrayList<>();
        for (JsonNode shard : kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards")) {
            if (shard.at("/SequenceNumberRange/EndingSequenceNumber").isMissingNode()) {
                open.add(shard.path("ShardId").asText());
            }
        }
        return open;
    }

    @Test
    void shardsMoreThanHalfBusyByBytesAreSplit() {
        assertThat(openShards()).hasSize(4);

        minute(1, 530_000);

        assertThat(openShards())
                .containsExactly(
                        "shardId-000000000001",
                        "shardId-000000000002",
                        "shardId-000000000003",
                        "shardId-000000000004",
                        "shardId-000000000005");
    }

    @Test
    void shardsMoreThanHalfBusyByRecordsAreSplitRepeatedly() {
        minute(500, 1);
        assertThat(openShards()).as("exactly half busy").hasSize(4);

        minute(501, 1);
        assertThat(openShards()).as("one record more").hasSize(5);
        minute(500, 1);
        assertThat(openShards())
                .as("the child did not exist at the check before")
                .hasSize(5);
        minute(501, 1);
        assertThat(openShards()).hasSize(6);
    }

    @Test
    void provisionedStreamsAreNotScaled() {
        kinesis.call(
                "UpdateStreamMode",
                "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s','StreamModeDetails':{'StreamMode':'PROVISIONED'}}");
        minute(501, 1);
        minute(501, 1);

        assertThat(openShards()).hasSize(4);
    }

    @Test
    void recordsFromBeforeASplitAreReadFromTheParent() {
        minute(501, 1);

        JsonNode parent = kinesis.records(kinesis.iterator("s", "shardId-000000000000", "'TRIM_HORIZON'"));
        assertThat(parent.path("Records")).isNotEmpty();
        assertThat(kinesis.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .at("/StreamDescriptionSummary/OpenShardCount")
                        .asInt())
                .isEqualTo(5);
    }
}
