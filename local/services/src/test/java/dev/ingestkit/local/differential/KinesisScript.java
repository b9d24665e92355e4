package dev.ingestkit.local.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Calls that any Kinesis must answer alike. The notes leave out what may differ: sequence numbers, times, error texts.
 * A note begins with its label.
 */
final class KinesisScript {

    private static final String FIRST = "shardId-000000000000";
    private static final String SECOND = "shardId-000000000001";
    private static final String MIDDLE = "85070591730234615865843651857942052864";

    private final KinesisClient client;
    private final String stream;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param stream an unused name
     */
    KinesisScript(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
    }

    List<String> run() {
        created();
        written();
        read();
        resharded();
        scaled();
        settings();
        consumers();
        rejections();
        client.deleteStream(delete -> delete.streamName(stream).enforceConsumerDeletion(true));
        return notes;
    }

    private void note(String label, Object value) {
        notes.add(label + ": " + value);
    }

    private void error(String label, Supplier<Object> call) {
        try {
            note(label, "no error " + call.get());
        } catch (AwsServiceException rejected) {
            note(label, rejected.statusCode() + " " + Endpoint.code(rejected));
        }
    }

    private void awaitActive() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.describeStreamSummary(describe -> describe.streamName(stream))
                                .streamDescriptionSummary()
                                .streamStatus()
                        == StreamStatus.ACTIVE);
    }

    private List<Shard> shards() {
        return client.listShards(list -> list.streamName(stream)).shards();
    }

    private void created() {
        client.createStream(create -> create.streamName(stream).shardCount(2));
        awaitActive();
        var summary = client.describeStreamSummary(describe -> describe.streamName(stream))
                .streamDescriptionSummary();
        note(
                "summary",
                summary.openShardCount() + " " + summary.retentionPeriodHours() + " " + summary.encryptionTypeAsString()
                        + " " + summary.consumerCount());
        note("arn", summary.streamARN());
        note("shards", shards().stream().map(KinesisScript::described).toList());
        error(
                "the name is taken",
                () -> client.createStream(create -> create.streamName(stream).shardCount(1)));
    }

    private static String described(Shard shard) {
        return shard.shardId() + " " + shard.hashKeyRange().startingHashKey() + "-"
                + shard.hashKeyRange().endingHashKey() + " of " + shard.parentShardId() + "+"
                + shard.adjacentParentShardId() + " open "
                + (shard.sequenceNumberRange().endingSequenceNumber() == null);
    }

    private PutRecordResponse put(String key, String data) {
        return client.putRecord(put -> put.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
    }

    private void written() {
        for (String key : List.of("a", "b", "c", "é", "key with spaces")) {
            note("shard of " + key, put(key, "data of " + key).shardId());
        }
        note(
                "explicit hash key",
                client.putRecord(put -> put.streamName(stream)
                                .partitionKey("a")
                                .explicitHashKey("340282366920938463463374607431768211455")
                                .data(SdkBytes.fromUtf8String("explicit")))
                        .shardId());
        List<PutRecordsRequestEntry> entries = Stream.of("x", "y", "z")
                .map(key -> PutRecordsRequestEntry.builder()
                        .partitionKey(key)
                        .data(SdkBytes.fromUtf8String("batch " + key))
                        .build())
                .toList();
        var batch = client.putRecords(put -> put.streamName(stream).records(entries));
        note(
                "batch",
                batch.failedRecordCount() + " "
                        + batch.records().stream()
                                .map(PutRecordsResultEntry::shardId)
                                .toList());
    }

    private String iterator(String shard, Consumer<GetShardIteratorRequest.Builder> where) {
        return client.getShardIterator(get -> {
                    get.streamName(stream).shardId(shard);
                    where.accept(get);
                })
                .shardIterator();
    }

    private GetRecordsResponse get(String iterator) {
        return client.getRecords(get -> get.shardIterator(iterator));
    }

    private static List<String> texts(GetRecordsResponse records) {
        return records.records().stream()
                .map(record -> record.partitionKey() + "=" + record.data().asUtf8String())
                .toList();
    }

    private void read() {
        for (String shard : List.of(FIRST, SECOND)) {
            GetRecordsResponse all = get(iterator(shard, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON)));
            note("all of " + shard, texts(all));
            List<String> numbers =
                    all.records().stream().map(Record::sequenceNumber).toList();
            note("rising in " + shard, numbers.stream().sorted().toList().equals(numbers));
            String second = numbers.get(1);
            note(
                    "from the second of " + shard,
                    texts(get(iterator(
                            shard,
                            it -> it.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                    .startingSequenceNumber(second)))));
            note(
                    "after the second of " + shard,
                    texts(get(iterator(
                            shard,
                            it -> it.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                    .startingSequenceNumber(second)))));
            note("tip of " + shard, texts(get(iterator(shard, it -> it.shardIteratorType(ShardIteratorType.LATEST)))));
            note(
                    "limit 1 of " + shard,
                    texts(client.getRecords(get -> get.limit(1)
                            .shardIterator(
                                    iterator(shard, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON))))));
        }
    }

    private void resharded() {
        String before = iterator(FIRST, it -> it.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
        client.splitShard(split -> split.streamName(stream).shardToSplit(FIRST).newStartingHashKey(MIDDLE));
        awaitActive();
        note("split", shards().stream().map(KinesisScript::described).toList());
        GetRecordsResponse parent = get(before);
        if (parent.nextShardIterator() != null) {
            parent = get(parent.nextShardIterator());
        }
        note(
                "a parent's end",
                parent.nextShardIterator() + " "
                        + parent.childShards().stream()
                                .map(child -> child.shardId())
                                .toList());
        client.mergeShards(merge -> merge.streamName(stream)
                .shardToMerge("shardId-000000000002")
                .adjacentShardToMerge("shardId-000000000003"));
        awaitActive();
        note("merged", shards().stream().map(KinesisScript::described).toList());
        note("shard of a after resharding", put("a", "later").shardId());
        error(
                "split a closed shard",
                () -> client.splitShard(
                        split -> split.streamName(stream).shardToSplit(FIRST).newStartingHashKey(MIDDLE)));
        error(
                "merge shards that are not adjacent",
                () -> client.mergeShards(
                        merge -> merge.streamName(stream).shardToMerge(SECOND).adjacentShardToMerge(SECOND)));
    }

    private void scaled() {
        client.updateShardCount(
                update -> update.streamName(stream).targetShardCount(4).scalingType(ScalingType.UNIFORM_SCALING));
        awaitActive();
        note(
                "scaled",
                shards().stream()
                        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                        .map(shard -> shard.hashKeyRange().startingHashKey())
                        .sorted()
                        .toList());
        error(
                "scale beyond double",
                () -> client.updateShardCount(update ->
                        update.streamName(stream).targetShardCount(9).scalingType(ScalingType.UNIFORM_SCALING)));
    }

    private void settings() {
        client.increaseStreamRetentionPeriod(
                increase -> increase.streamName(stream).retentionPeriodHours(48));
        awaitActive();
        error(
                "retention of 23 hours",
                () -> client.decreaseStreamRetentionPeriod(
                        decrease -> decrease.streamName(stream).retentionPeriodHours(23)));
        client.addTagsToStream(tag -> tag.streamName(stream).tags(Map.of("a", "1", "b", "2")));
        client.removeTagsFromStream(untag -> untag.streamName(stream).tagKeys("a"));
        note(
                "tags",
                client.listTagsForStream(list -> list.streamName(stream)).tags().stream()
                        .map(tag -> tag.key() + "=" + tag.value())
                        .toList());
        client.startStreamEncryption(start ->
                start.streamName(stream).encryptionType(EncryptionType.KMS).keyId("alias/aws/kinesis"));
        awaitActive();
        var summary = client.describeStreamSummary(describe -> describe.streamName(stream))
                .streamDescriptionSummary();
        note(
                "encrypted",
                summary.retentionPeriodHours() + " " + summary.encryptionTypeAsString() + " " + summary.keyId());
        note("encryption of a put", put("a", "encrypted").encryptionTypeAsString());
    }

    private void consumers() {
        String arn = client.describeStreamSummary(describe -> describe.streamName(stream))
                .streamDescriptionSummary()
                .streamARN();
        var consumer = client.registerStreamConsumer(
                        register -> register.streamARN(arn).consumerName("c"))
                .consumer();
        note("registering", consumer.consumerName() + " " + consumer.consumerStatusAsString());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.describeStreamConsumer(describe -> describe.consumerARN(consumer.consumerARN()))
                                .consumerDescription()
                                .consumerStatus()
                        == ConsumerStatus.ACTIVE);
        note(
                "consumers",
                client.listStreamConsumers(list -> list.streamARN(arn)).consumers().stream()
                        .map(each -> each.consumerName() + " " + each.consumerStatusAsString())
                        .toList());
        error(
                "a consumer twice",
                () -> client.registerStreamConsumer(
                        register -> register.streamARN(arn).consumerName("c")));
    }

    private void rejections() {
        error("no such stream", () -> client.describeStreamSummary(describe -> describe.streamName("no-such-stream")));
        error(
                "put into no such stream",
                () -> client.putRecord(put ->
                        put.streamName("no-such-stream").partitionKey("k").data(SdkBytes.fromUtf8String("x"))));
        error(
                "no such shard",
                () -> iterator("shardId-000000000099", it -> it.shardIteratorType(ShardIteratorType.LATEST)));
        error(
                "a sequence number that is none",
                () -> iterator(
                        FIRST,
                        it -> it.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                .startingSequenceNumber("12345")));
        error(
                "no sequence number",
                () -> iterator(FIRST, it -> it.shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)));
        error("an iterator that is none", () -> get("AAAA"));
        error("a key of 257 characters", () -> put("k".repeat(257), "x"));
        error("more than a mebibyte", () -> put("k", "x".repeat(1024 * 1024 + 1)));
        error(
                "a name with a space",
                () -> client.createStream(create -> create.streamName("a b").shardCount(1)));
        error(
                "no shards",
                () -> client.createStream(
                        create -> create.streamName(stream + "-0").shardCount(0)));
        error(
                "a hash key out of range",
                () -> client.putRecord(put -> put.streamName(stream)
                        .partitionKey("a")
                        .explicitHashKey("340282366920938463463374607431768211456")
                        .data(SdkBytes.fromUtf8String("x"))));
    }
}
