package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.store.MemoryStore;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KinesisRestartTest {

    private static final String FIRST = "shardId-000000000000";

    private final MutableClock clock = new MutableClock();
    private final Store store = new MemoryStore();

    private KinesisCalls start() {
        return new KinesisCalls(store, clock);
    }

    @Test
    void recordsAndSequenceNumbersContinue() {
        List<String> numbers = new ArrayList<>();
        try (KinesisCalls before = start()) {
            before.createStream("s", 1);
            for (int i = 0; i < 3000; i++) {
                numbers.add(
                        before.put("s", "k" + i, "v" + i).path("SequenceNumber").asText());
            }
        }
        try (KinesisCalls after = start()) {
            numbers.add(after.put("s", "k", "last").path("SequenceNumber").asText());
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            JsonNode page = after.records(after.iterator("s", FIRST, "'TRIM_HORIZON'"));
            List<String> read = new ArrayList<>();
            page.path("Records")
                    .forEach(record -> read.add(record.path("SequenceNumber").asText()));
            assertThat(read).isEqualTo(numbers);
            assertThat(KinesisCalls.text(page.path("Records").path(2999))).isEqualTo("v2999");
            assertThat(page.path("Records").path(7).path("PartitionKey").asText())
                    .isEqualTo("k7");
        }
    }

    @Test
    void accountSettingsContinue() {
        JsonNode enabled;
        try (KinesisCalls before = start()) {
            enabled =
                    before.call("UpdateAccountSettings", "{'MinimumThroughputBillingCommitment':{'Status':'ENABLED'}}");
            assertThat(enabled.at("/MinimumThroughputBillingCommitment/Status").asText())
                    .isEqualTo("ENABLED");
        }
        clock.advance(Duration.ofHours(25));
        try (KinesisCalls after = start()) {
            assertThat(after.call("DescribeAccountSettings", "{}")).isEqualTo(enabled);
            after.call("UpdateAccountSettings", "{'MinimumThroughputBillingCommitment':{'Status':'DISABLED'}}");
        }
        try (KinesisCalls last = start()) {
            assertThat(last.call("DescribeAccountSettings", "{}")
                            .at("/MinimumThroughputBillingCommitment/Status")
                            .asText())
                    .isEqualTo("DISABLED");
        }
    }

    @Test
    void iteratorsOfTheEarlierProcessAreValidForTheirFiveMinutes() {
        String iterator;
        try (KinesisCalls before = start()) {
            before.createStream("s", 1);
            before.put("s", "k", "v");
            iterator = before.iterator("s", FIRST, "'LATEST'");
        }
        clock.advance(Duration.ofMinutes(4));
        try (KinesisCalls after = start()) {
            after.put("s", "k", "next");
            assertThat(KinesisCalls.texts(after.records(iterator))).containsExactly("next");
            clock.advance(Duration.ofMinutes(2));
            assertThatThrownBy(() -> after.records(iterator)).isInstanceOf(ServiceException.class);
        }
    }

    @Test
    void expiredRecordsStayExpiredAndTheirNumbersAreNotReused() {
        String last;
        try (KinesisCalls before = start()) {
            before.createStream("s", 1);
            before.put("s", "k", "one");
            last = before.put("s", "k", "two").path("SequenceNumber").asText();
            clock.advance(Duration.ofHours(25));
            before.service.expire();
        }
        assertThat(store.names()).noneMatch(name -> name.startsWith("kinesis/records/"));
        try (KinesisCalls after = start()) {
            assertThat(KinesisCalls.texts(after.records(after.iterator("s", FIRST, "'TRIM_HORIZON'"))))
                    .isEmpty();
            assertThat(after.put("s", "k", "three").path("SequenceNumber").asText())
                    .isGreaterThan(last);
        }
    }

    @Test
    void settingsConsumersAndShardsSurviveARestart() {
        JsonNode summary;
        JsonNode shards;
        JsonNode consumers;
        try (KinesisCalls before = start()) {
            before.createStream("s", 2);
            before.put("s", "k", "parent");
            before.call(
                    "SplitShard",
                    "{'StreamName':'s','ShardToSplit':'shardId-000000000000'," + "'NewStartingHashKey':'17'}");
            before.call("IncreaseStreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':48}");
            before.call("AddTagsToStream", "{'StreamName':'s','Tags':{'team':'blue'}}");
            before.call("StartStreamEncryption", "{'StreamName':'s','EncryptionType':'KMS','KeyId':'alias/k'}");
            before.call(
                    "RegisterStreamConsumer",
                    "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s','ConsumerName':'c'}");
            summary = before.call("DescribeStreamSummary", "{'StreamName':'s'}");
            shards = before.call("ListShards", "{'StreamName':'s'}");
            consumers = before.call(
                    "ListStreamConsumers", "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s'}");
        }
        try (KinesisCalls after = start()) {
            assertThat(after.call("DescribeStreamSummary", "{'StreamName':'s'}"))
                    .isEqualTo(summary);
            assertThat(after.call("ListShards", "{'StreamName':'s'}")).isEqualTo(shards);
            assertThat(after.call(
                            "ListStreamConsumers", "{'StreamARN':'arn:aws:kinesis:us-east-1:000000000000:stream/s'}"))
                    .isEqualTo(consumers);
            assertThat(after.call("ListTagsForStream", "{'StreamName':'s'}").toString())
                    .contains("blue");
        }
    }

    @Test
    void aDeletedStreamLeavesNothing() {
        try (KinesisCalls before = start()) {
            before.createStream("s", 1);
            before.put("s", "k", "v");
            before.call("DeleteStream", "{'StreamName':'s'}");
            assertThat(store.names()).containsExactly("kinesis/account");
        }
        try (KinesisCalls after = start()) {
            assertThat(after.service.streams()).isEmpty();
        }
    }
}
