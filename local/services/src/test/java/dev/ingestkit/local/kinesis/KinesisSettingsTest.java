package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KinesisSettingsTest {

    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

    private final KinesisCalls kinesis = new KinesisCalls();

    @BeforeEach
    void createStream() {
        kinesis.createStream("s", 2);
    }

    @AfterEach
    void close() {
        kinesis.close();
    }

    private JsonNode summary() {
        return kinesis.call("DescribeStreamSummary", "{'StreamName':'s'}").path("StreamDescriptionSummary");
    }

    @Test
    void newStreamsAreDescribed() {
        JsonNode stream =
                kinesis.call("DescribeStream", "{'StreamName':'s','Limit':1}").path("StreamDescription");

        assertThat(stream.path("StreamStatus").asText()).isEqualTo("ACTIVE");
        assertThat(stream.at("/StreamModeDetails/StreamMode").asText()).isEqualTo("PROVISIONED");
        assertThat(stream.path("RetentionPeriodHours").asInt()).isEqualTo(24);
        assertThat(stream.path("EncryptionType").asText()).isEqualTo("NONE");
        assertThat(stream.path("Shards")).hasSize(1);
        assertThat(stream.path("HasMoreShards").asBoolean()).isTrue();
        assertThat(summary().path("OpenShardCount").asInt()).isEqualTo(2);
        assertThat(summary().path("MaxRecordSizeInKiB").asInt()).isEqualTo(1024);
    }

    @Test
    void streamsAreListedByNameInPages() {
        kinesis.createStream("a", 1);
        kinesis.createStream("z", 1);

        JsonNode first = kinesis.call("ListStreams", "{'Limit':2}");

        assertThat(first.path("StreamNames")).extracting(JsonNode::asText).containsExactly("a", "s");
        assertThat(first.path("HasMoreStreams").asBoolean()).isTrue();
        JsonNode byToken = kinesis.call(
                "ListStreams",
                "{'NextToken':'%s'}".formatted(first.path("NextToken").asText()));
        JsonNode byName = kinesis.call("ListStreams", "{'ExclusiveStartStreamName':'s'}");
        assertThat(byToken).isEqualTo(byName);
        assertThat(byName.at("/StreamSummaries/0/StreamName").asText()).isEqualTo("z");
        assertThat(byName.path("HasMoreStreams").asBoolean()).isFalse();
    }

    @Test
    void everyRecordNamesTheEncryption() {
        kinesis.call("StartStreamEncryption", "{'StreamName':'s','EncryptionType':'KMS','KeyId':'alias/aws/kinesis'}");

        assertThat(kinesis.put("s", "a", "x").path("EncryptionType").asText()).isEqualTo("KMS");
        assertThat(kinesis.records(kinesis.iterator("s", "0", "'TRIM_HORIZON'"))
                        .at("/Records/0/EncryptionType")
                        .asText())
                .isEqualTo("KMS");
        assertThat(summary().path("KeyId").asText()).isEqualTo("alias/aws/kinesis");
        kinesis.call("StopStreamEncryption", "{'StreamName':'s','EncryptionType':'KMS','KeyId':'alias/aws/kinesis'}");
        assertThat(summary().path("EncryptionType").asText()).isEqualTo("NONE");
    }

    @Test
    void largeRecordsNeedAHigherLimit() {
        String large = "x".repeat(1_048_577);
        assertThatThrownBy(() -> kinesis.put("s", "k", large))
                .hasMessageContaining("Member must have length less than or equal to 1048576");

        kinesis.call("UpdateMaxRecordSize", "{'StreamARN':'%s','MaxRecordSizeInKiB':2048}".formatted(ARN));

        kinesis.put("s", "k", large);
        assertThatThrownBy(() -> kinesis.call(
                        "UpdateMaxRecordSize", "{'StreamARN':'%s','MaxRecordSizeInKiB':10241}".formatted(ARN)))
                .hasMessageContaining("Member must have value less than or equal to 10240");
    }

    @Test
    void modesCanBeSwitchedTwiceADay() {
        mode("ON_DEMAND");
        assertThat(summary().at("/StreamModeDetails/StreamMode").asText()).isEqualTo("ON_DEMAND");
        assertThatThrownBy(() ->
                        kinesis.call("SplitShard", "{'StreamName':'s','ShardToSplit':'0','NewStartingHashKey':'77'}"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ValidationException"));
        mode("PROVISIONED");

        assertThatThrownBy(() -> mode("ON_DEMAND"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("LimitExceededException"));
        kinesis.clock.advance(Duration.ofHours(24));
        mode("ON_DEMAND");
    }

    private void mode(String mode) {
        kinesis.call(
                "UpdateStreamMode", "{'StreamARN':'%s','StreamModeDetails':{'StreamMode':'%s'}}".formatted(ARN, mode));
    }

    @Test
    void monitoringIsStoredAndEchoed() {
        kinesis.call("EnableEnhancedMonitoring", "{'StreamName':'s','ShardLevelMetrics':['IncomingBytes']}");

        JsonNode more = kinesis.call("EnableEnhancedMonitoring", "{'StreamName':'s','ShardLevelMetrics':['ALL']}");

        assertThat(more.path("CurrentShardLevelMetrics"))
                .extracting(JsonNode::asText)
                .containsExactly("IncomingBytes");
        assertThat(more.path("DesiredShardLevelMetrics")).hasSize(7);
        JsonNode less = kinesis.call("DisableEnhancedMonitoring", "{'StreamName':'s','ShardLevelMetrics':['ALL']}");
        assertThat(less.path("DesiredShardLevelMetrics")).isEmpty();
    }

    @Test
    void tagsAreAddedListedAndRemoved() {
        kinesis.call("AddTagsToStream", "{'StreamName':'s','Tags':{'a':'1','b':'2'}}");
        kinesis.call("TagResource", "{'ResourceARN':'%s','Tags':{'c':'3'}}".formatted(ARN));
        kinesis.call("RemoveTagsFromStream", "{'StreamName':'s','TagKeys':['a','unknown']}");

        JsonNode page = kinesis.call("ListTagsForStream", "{'StreamName':'s','Limit':1}");

        assertThat(page.toString()).isEqualTo("{\"Tags\":[{\"Key\":\"b\",\"Value\":\"2\"}],\"HasMoreTags\":true}");
        kinesis.call("UntagResource", "{'ResourceARN':'%s','TagKeys':['b']}".formatted(ARN));
        assertThat(kinesis.call("ListTagsForResource", "{'ResourceARN':'%s'}".formatted(ARN))
                        .toString())
                .isEqualTo("{\"Tags\":[{\"Key\":\"c\",\"Value\":\"3\"}]}");
    }

    @Test
    void policiesAreStoredAndReturned() {
        String put = "{'ResourceARN':'%s','Policy':'{\\u0022Statement\\u0022:[]}'}".formatted(ARN);
        kinesis.call("PutResourcePolicy", put);

        assertThat(kinesis.call("GetResourcePolicy", "{'ResourceARN':'%s'}".formatted(ARN))
                        .path("Policy")
                        .asText())
                .isEqualTo("{\"Statement\":[]}");
        kinesis.call("DeleteResourcePolicy", "{'ResourceARN':'%s'}".formatted(ARN));
        assertThat(kinesis.call("GetResourcePolicy", "{'ResourceARN':'%s'}".formatted(ARN))
                        .path("Policy")
                        .asText())
                .isEqualTo("{}");
    }

    @Test
    void consumersAreRegisteredListedAndDeregistered() {
        JsonNode one = register("one");
        register("two");
        assertThat(one.at("/Consumer/ConsumerARN").asText()).isEqualTo(ARN + "/consumer/one:1767225600");
        assertThat(one.at("/Consumer/ConsumerStatus").asText()).isEqualTo("CREATING");
        assertThatThrownBy(() -> register("one"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ResourceInUseException"));

        JsonNode page = kinesis.call("ListStreamConsumers", "{'StreamARN':'%s','MaxResults':1}".formatted(ARN));
        JsonNode rest = kinesis.call(
                "ListStreamConsumers",
                "{'StreamARN':'%s','NextToken':'%s'}"
                        .formatted(ARN, page.path("NextToken").asText()));

        assertThat(page.at("/Consumers/0/ConsumerName").asText()).isEqualTo("one");
        assertThat(rest.at("/Consumers/0/ConsumerName").asText()).isEqualTo("two");
        assertThat(kinesis.call("DescribeStreamConsumer", "{'StreamARN':'%s','ConsumerName':'one'}".formatted(ARN))
                        .at("/ConsumerDescription/ConsumerStatus")
                        .asText())
                .isEqualTo("ACTIVE");
        assertThatThrownBy(() -> kinesis.call("DeleteStream", "{'StreamName':'s'}"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ResourceInUseException"));
        kinesis.call(
                "DeregisterStreamConsumer",
                "{'ConsumerARN':'%s'}".formatted(one.at("/Consumer/ConsumerARN").asText()));
        assertThat(summary().path("ConsumerCount").asInt()).isEqualTo(1);
        kinesis.call("DeleteStream", "{'StreamName':'s','EnforceConsumerDeletion':true}");
        assertThat(kinesis.service.streams()).isEmpty();
    }

    private JsonNode register(String name) {
        return kinesis.call("RegisterStreamConsumer", "{'StreamARN':'%s','ConsumerName':'%s'}".formatted(ARN, name));
    }

    @Test
    void streamsHaveAtMostTwentyConsumers() {
        for (int at = 0; at < 20; at++) {
            register("consumer-" + at);
        }

        assertThatThrownBy(() -> register("one-too-many"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("LimitExceededException"));
    }

    @Test
    void accountSettingsLastForTheCommitment() {
        kinesis.call("UpdateAccountSettings", "{'MinimumThroughputBillingCommitment':{'Status':'ENABLED'}}");
        kinesis.call("UpdateAccountSettings", "{'MinimumThroughputBillingCommitment':{'Status':'DISABLED'}}");

        assertThat(commitment()).isEqualTo("ENABLED_UNTIL_EARLIEST_ALLOWED_END");
        kinesis.clock.advance(Duration.ofHours(24));
        assertThat(commitment()).isEqualTo("DISABLED");
    }

    private String commitment() {
        return kinesis.call("DescribeAccountSettings", "{}")
                .at("/MinimumThroughputBillingCommitment/Status")
                .asText();
    }

    @Test
    void describeLimitsCountsOpenShards() {
        kinesis.call("CreateStream", "{'StreamName':'d','StreamModeDetails':{'StreamMode':'ON_DEMAND'}}");

        JsonNode limits = kinesis.call("DescribeLimits", "{}");

        assertThat(limits.path("OpenShardCount").asInt()).isEqualTo(6);
        assertThat(limits.path("OnDemandStreamCount").asInt()).isEqualTo(1);
    }

    @Test
    void onDemandStreamsMayDistributeRecordsByThemselves() {
        kinesis.call("CreateStream", "{'StreamName':'d','RecordDistributionStrategy':'USER_PARTITION_KEY'}");
        kinesis.call(
                "UpdateStreamRecordDistributionStrategy",
                "{'StreamARN':'%s','RecordDistributionStrategy':'AUTO'}".formatted(ARN.replace("/s", "/d")));

        JsonNode put = kinesis.call(
                "PutRecords",
                "{'StreamName':'d','Records':[{'Data':'YQ==','PartitionKey':'same'},"
                        + "{'Data':'YQ==','PartitionKey':'same'},{'Data':'YQ=='},{'Data':'YQ=='}]}");
        assertThat(put.path("Records"))
                .extracting(record -> record.path("ShardId").asText())
                .doesNotHaveDuplicates()
                .hasSize(4);
        assertThat(kinesis.call("DescribeStreamSummary", "{'StreamName':'d'}")
                        .at("/StreamDescriptionSummary/RecordDistributionStrategy")
                        .asText())
                .isEqualTo("AUTO");
        String number = put.at("/Records/0/SequenceNumber").asText();
        assertThatThrownBy(() -> kinesis.call(
                        "PutRecord",
                        "{'StreamName':'d','Data':'YQ==','SequenceNumberForOrdering':'%s'}".formatted(number)))
                .hasMessageContaining("SequenceNumberForOrdering");
    }

    @Test
    void provisionedStreamsDistributeRecordsByTheirKeys() {
        assertThat(summary().path("RecordDistributionStrategy").asText()).isEqualTo("USER_PARTITION_KEY");
        assertThatThrownBy(() -> kinesis.call(
                        "UpdateStreamRecordDistributionStrategy",
                        "{'StreamARN':'%s','RecordDistributionStrategy':'AUTO'}".formatted(ARN)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("ON_DEMAND");
        assertThatThrownBy(() -> kinesis.call("PutRecord", "{'StreamName':'s','Data':'YQ=='}"))
                .hasMessageContaining("partitionKey");
    }
}
