package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisShardsTest {

    private static final String MAX = "340282366920938463463374607431768211455";
    private static final String HALF = "170141183460469231731687303715884105728";

    private final KinesisCalls kinesis = new KinesisCalls();

    @AfterEach
    void close() {
        kinesis.close();
    }

    @Test
    void shardsDivideTheHashSpaceAsOnAws() {
        kinesis.createStream("s", 3);

        JsonNode shards = kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards");

        assertThat(shards.at("/0/HashKeyRange/StartingHashKey").asText()).isEqualTo("0");
        assertThat(shards.at("/0/HashKeyRange/EndingHashKey").asText())
                .isEqualTo("113427455640312821154458202477256070484");
        assertThat(shards.at("/1/HashKeyRange/StartingHashKey").asText())
                .isEqualTo("113427455640312821154458202477256070485");
        assertThat(shards.at("/2/HashKeyRange/EndingHashKey").asText()).isEqualTo(MAX);
    }

    @Test
    void partitionKeysAreRoutedByMd5() {
        kinesis.createStream("s", 2);

        // MD5("a") = 0cc1…, MD5("b") = 92eb…
        assertThat(kinesis.put("s", "a", "x").path("ShardId").asText()).isEqualTo("shardId-000000000000");
        assertThat(kinesis.put("s", "b", "x").path("ShardId").asText()).isEqualTo("shardId-000000000001");
    }

    @Test
    void explicitHashKeysReplacePartitionKeys() {
        kinesis.createStream("s", 2);

        assertThat(putAt(MAX).path("ShardId").asText()).isEqualTo("shardId-000000000001");
        assertThat(putAt("0").path("ShardId").asText()).isEqualTo("shardId-000000000000");
        assertThatThrownBy(() -> putAt("340282366920938463463374607431768211456"))
                .hasMessage("Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified"
                        + " value was 340282366920938463463374607431768211456");
    }

    private JsonNode putAt(String hashKey) {
        return kinesis.call(
                "PutRecord",
                "{'StreamName':'s','PartitionKey':'a','ExplicitHashKey':'%s','Data':''}".formatted(hashKey));
    }

    @Test
    void splitShardsEndWithTheirChildren() {
        kinesis.createStream("s", 1);
        kinesis.put("s", "k", "before");
        split("shardId-000000000000", HALF);
        String after = kinesis.put("s", "k", "after").path("ShardId").asText();

        JsonNode end = kinesis.records(kinesis.iterator("s", "shardId-000000000000", "'TRIM_HORIZON'"));

        assertThat(KinesisCalls.texts(end)).containsExactly("before");
        assertThat(end.has("NextShardIterator")).isFalse();
        assertThat(end.path("ChildShards")).hasSize(2);
        assertThat(end.at("/ChildShards/0/ParentShards/0").asText()).isEqualTo("shardId-000000000000");
        assertThat(after).isIn("shardId-000000000001", "shardId-000000000002");
        JsonNode shards = kinesis.call("ListShards", "{'StreamName':'s'}").path("Shards");
        assertThat(shards.at("/0/SequenceNumberRange/EndingSequenceNumber").asText())
                .hasSize(56);
        assertThat(shards.at("/1/ParentShardId").asText()).isEqualTo("shardId-000000000000");
        assertThat(shards.at("/1/SequenceNumberRange").has("EndingSequenceNumber"))
                .isFalse();
    }

    @Test
    void iteratorsFromBeforeASplitEndToo() {
        kinesis.createStream("s", 1);
        String latest = kinesis.iterator("s", "shardId-000000000000", "'LATEST'");
        split("shardId-000000000000", HALF);

        JsonNode end = kinesis.records(latest);

        assertThat(end.has("NextShardIterator")).isFalse();
        assertThat(end.path("ChildShards")).hasSize(2);
    }

    private void split(String shard, String at) {
        kinesis.call(
                "SplitShard", "{'StreamName':'s','ShardToSplit':'%s','NewStartingHashKey':'%s'}".formatted(shard, at));
    }

    private void merge(String one, String other) {
        kinesis.call(
                "MergeShards",
                "{'StreamName':'s','ShardToMerge':'%s','AdjacentShardToMerge':'%s'}".formatted(one, other));
    }

    @ParameterizedTest
    @CsvSource({"shardId-000000000000, shardId-000000000001", "shardId-000000000001, shardId-000000000000"})
    void mergedShardsHaveOneChildWithTwoParents(String shard, String adjacent) {
        kinesis.createStream("s", 2);

        merge(shard, adjacent);

        JsonNode child = kinesis.call("ListShards", "{'StreamName':'s','ShardFilter':{'Type':'AT_LATEST'}}")
                .at("/Shards/0");
        assertThat(child.path("ParentShardId").asText()).isEqualTo(shard);
        assertThat(child.path("AdjacentParentShardId").asText()).isEqualTo(adjacent);
        assertThat(child.at("/HashKeyRange/StartingHashKey").asText()).isEqualTo("0");
        assertThat(child.at("/HashKeyRange/EndingHashKey").asText()).isEqualTo(MAX);
    }

    @Test
    void invalidReshardingIsRejected() {
        kinesis.createStream("s", 3);

        assertFails(
                "ResourceNotFoundException",
                "Could not find shard shardId-000000000009 in stream s under account 000000000000.",
                () -> split("shardId-9", HALF));
        assertFails(
                "InvalidArgumentException",
                "Shards shardId-000000000000 and shardId-000000000002 in stream s under account 000000000000 are not an"
                        + " adjacent pair of shards eligible for merging",
                () -> merge("shardId-000000000000", "shardId-000000000002"));
        assertFails(
                "InvalidArgumentException",
                "NewStartingHashKey 1 used in SplitShard() on shard shardId-000000000000 in stream s under account"
                        + " 000000000000 is not both greater than one plus the shard's StartingHashKey 0 and less than"
                        + " the shard's EndingHashKey 113427455640312821154458202477256070484.",
                () -> split("shardId-000000000000", "1"));
        merge("shardId-000000000000", "shardId-000000000001");
        assertFails(
                "ResourceInUseException",
                "Shard shardId-000000000000 in stream s under account 000000000000 has already been merged or split,"
                        + " and thus is not eligible for merging or splitting.",
                () -> split("shardId-000000000000", "5"));
    }

    private static void assertFails(String code, String message, Runnable call) {
        assertThatThrownBy(call::run)
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void shardCountsCanBeDoubledOrHalvedTenTimesADay() {
        kinesis.createStream("s", 2);

        assertFails(
                "LimitExceededException",
                "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count:"
                        + " 2 Target shard count: 5",
                () -> scale(5));
        JsonNode response = scale(4);
        assertThat(response.path("CurrentShardCount").asInt()).isEqualTo(2);
        assertThat(response.path("TargetShardCount").asInt()).isEqualTo(4);
        assertFails(
                "LimitExceededException",
                "UpdateShardCount cannot scale down below half your current open shard count. Current open shard count:"
                        + " 4 Target shard count: 1",
                () -> scale(1));
        for (int call = 1; call < 10; call++) {
            scale(call % 2 == 0 ? 4 : 3);
        }
        assertFails(
                "LimitExceededException",
                "UpdateShardCount can be called at most 10 times in 24 hours for stream s under account 000000000000.",
                () -> scale(4));
        kinesis.clock.advance(Duration.ofHours(24));
        scale(4);
        assertThat(kinesis.call("DescribeStreamSummary", "{'StreamName':'s'}")
                        .at("/StreamDescriptionSummary/OpenShardCount")
                        .asInt())
                .isEqualTo(4);
    }

    private JsonNode scale(int target) {
        return kinesis.call(
                "UpdateShardCount",
                "{'StreamName':'s','TargetShardCount':%d,'ScalingType':'UNIFORM_SCALING'}".formatted(target));
    }

    @Test
    void shardsAreListedInPagesThatExpire() {
        kinesis.createStream("s", 5);
        JsonNode first = kinesis.call("ListShards", "{'StreamName':'s','MaxResults':2}");
        String token = first.path("NextToken").asText();

        JsonNode second = kinesis.call("ListShards", "{'NextToken':'%s','MaxResults':2}".formatted(token));

        assertThat(ids(first)).containsExactly("shardId-000000000000", "shardId-000000000001");
        assertThat(ids(second)).containsExactly("shardId-000000000002", "shardId-000000000003");
        JsonNode last = kinesis.call(
                "ListShards",
                "{'NextToken':'%s'}".formatted(second.path("NextToken").asText()));
        assertThat(ids(last)).containsExactly("shardId-000000000004");
        assertThat(last.has("NextToken")).isFalse();
        assertFails(
                "InvalidArgumentException",
                "NextToken and StreamName cannot be provided together.",
                () -> kinesis.call("ListShards", "{'NextToken':'%s','StreamName':'s'}".formatted(token)));
        kinesis.clock.advance(Duration.ofSeconds(301));
        assertThatThrownBy(() -> kinesis.call("ListShards", "{'NextToken':'%s'}".formatted(token)))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ExpiredNextTokenException"));
    }

    private static List<String> ids(JsonNode response) {
        List<String> ids = new ArrayList<>();
        response.path("Shards").forEach(shard -> ids.add(shard.path("ShardId").asText()));
        return ids;
    }

    @Test
    void shardsAreFilteredByTime() {
        kinesis.createStream("s", 1);
        kinesis.clock.advance(Duration.ofHours(1));
        split("shardId-000000000000", HALF);
        kinesis.clock.advance(Duration.ofHours(1));

        assertThat(filtered("'AT_LATEST'")).containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(filtered("'AT_TRIM_HORIZON'")).containsExactly("shardId-000000000000");
        assertThat(filtered("'FROM_TRIM_HORIZON'")).hasSize(3);
        assertThat(filtered("'AT_TIMESTAMP','Timestamp':1767225660")).containsExactly("shardId-000000000000");
        assertThat(filtered("'AT_TIMESTAMP','Timestamp':1767231000")).hasSize(2);
        assertThat(filtered("'FROM_TIMESTAMP','Timestamp':1767225660")).hasSize(3);
        assertThat(filtered("'AFTER_SHARD_ID','ShardId':'shardId-000000000001'"))
                .containsExactly("shardId-000000000002");
    }

    private List<String> filtered(String filter) {
        return ids(kinesis.call("ListShards", "{'StreamName':'s','ShardFilter':{'Type':%s}}".formatted(filter)));
    }

    @Test
    void updatingStreamsAcceptRecordsButNoChange() {
        try (KinesisCalls slow = new KinesisCalls(
                options -> options.withSettling(Duration.ofSeconds(10)), dev.ingestkit.local.faults.Faults.NONE)) {
            slow.createStream("s", 1);
            assertThat(status(slow)).isEqualTo("CREATING");
            assertFails(
                    "ResourceNotFoundException",
                    "Stream s under account 000000000000 not found.",
                    () -> slow.put("s", "k", "x"));
            slow.clock.advance(Duration.ofSeconds(10));
            assertThat(status(slow)).isEqualTo("ACTIVE");
            slow.call(
                    "SplitShard",
                    "{'StreamName':'s','ShardToSplit':'shardId-000000000000','NewStartingHashKey':'%s'}"
                            .formatted(HALF));
            assertThat(status(slow)).isEqualTo("UPDATING");
            slow.put("s", "k", "x");
            assertFails(
                    "ResourceInUseException",
                    "Stream s under account 000000000000 not ACTIVE, instead in state UPDATING",
                    () -> slow.call("MergeShards", "{'StreamName':'s','ShardToMerge':'1','AdjacentShardToMerge':'2'}"));
            slow.call("DeleteStream", "{'StreamName':'s'}");
            assertThat(status(slow)).isEqualTo("DELETING");
            slow.clock.advance(Duration.ofSeconds(10));
            assertFails(
                    "ResourceNotFoundException", "Stream s under account 000000000000 not found.", () -> status(slow));
            slow.createStream("s", 1);
        }
    }

    private static String status(KinesisCalls kinesis) {
        return kinesis.call("DescribeStreamSummary", "{'StreamName':'s'}")
                .at("/StreamDescriptionSummary/StreamStatus")
                .asText();
    }
}
