package dev.ingestkit.cli.compare;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** Probes of Kinesis on a stream of one shard. */
final class StreamProbes {

    private static final String SHARD = "shardId-000000000000";
    private static final int TOO_LARGE = (1 << 20) + 1;

    private StreamProbes() {}

    /** Returns the probes in the order in which they run: later ones read the records that earlier ones have put. */
    static List<Probe> all() {
        return Stream.of(ofCreation(), ofPuts(), ofReads(), ofSettings())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Probe> ofCreation() {
        return List.of(
                probe("create a stream of one shard", StreamProbes::create),
                probe(
                        "describe it",
                        own -> Members.line(kinesis(own)
                                .describeStreamSummary(request -> request.streamName(own.name()))
                                .streamDescriptionSummary())),
                probe("create it again", StreamProbes::createAgain));
    }

    private static List<Probe> ofPuts() {
        return List.of(
                probe("put a record", own -> put(own, "key", "data", null).shardId()),
                probe("put a record of more than the limit", StreamProbes::putTooLarge),
                probe(
                        "put a record with an empty key",
                        own -> put(own, "", "data", null).shardId()),
                probe(
                        "put a record with a hash key beyond 2^128",
                        own -> put(
                                        own,
                                        "key",
                                        "data",
                                        BigInteger.ONE.shiftLeft(128).toString())
                                .shardId()));
    }

    private static List<Probe> ofReads() {
        return List.of(
                probe("read the records from the start", StreamProbes::read),
                probe("read a shard that does not exist", own -> iterator(own, "shardId-000000000009")),
                probe(
                        "read with an invalid iterator",
                        own -> Members.line(kinesis(own).getRecords(request -> request.shardIterator("AAAA")))));
    }

    private static List<Probe> ofSettings() {
        return List.of(
                probe(
                        "add a tag with a semicolon",
                        own -> Members.line(kinesis(own)
                                .addTagsToStream(request ->
                                        request.streamName(own.name()).tags(Map.of("a;b", "c"))))),
                probe(
                        "split at the start of the shard's range",
                        own -> Members.line(kinesis(own)
                                .splitShard(request -> request.streamName(own.name())
                                        .shardToSplit(SHARD)
                                        .newStartingHashKey("0")))),
                probe(
                        "describe a stream that does not exist",
                        own -> Members.line(
                                kinesis(own).describeStream(request -> request.streamName(own.name() + "-none")))));
    }

    private static Probe probe(String name, Function<OwnResources, String> call) {
        return new Probe("kinesis", name, call);
    }

    private static KinesisClient kinesis(OwnResources own) {
        return own.clients().kinesis();
    }

    private static String create(OwnResources own) {
        KinesisClient kinesis = kinesis(own);
        own.deleteLater(
                "stream " + own.name(),
                () -> kinesis.deleteStream(
                        request -> request.streamName(own.name()).enforceConsumerDeletion(true)));
        createAgain(own);
        try (var waiter = kinesis.waiter()) {
            waiter.waitUntilStreamExists(
                    request -> request.streamName(own.name()),
                    wait -> wait.backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(500)))
                            .maxAttempts(240));
        }
        return "created";
    }

    private static String createAgain(OwnResources own) {
        kinesis(own)
                .createStream(request -> request.streamName(own.name())
                        .shardCount(1)
                        .streamModeDetails(mode -> mode.streamMode(StreamMode.PROVISIONED)));
        return "created";
    }

    private static PutRecordResponse put(OwnResources own, String key, String data, @Nullable String hashKey) {
        return kinesis(own)
                .putRecord(request -> request.streamName(own.name())
                        .partitionKey(key)
                        .explicitHashKey(hashKey)
                        .data(SdkBytes.fromUtf8String(data)));
    }

    private static String putTooLarge(OwnResources own) {
        return kinesis(own)
                .putRecord(request -> request.streamName(own.name())
                        .partitionKey("key")
                        .data(SdkBytes.fromByteArray(new byte[TOO_LARGE])))
                .shardId();
    }

    private static String iterator(OwnResources own, String shard) {
        return kinesis(own)
                .getShardIterator(request ->
                        request.streamName(own.name()).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
    }

    private static String read(OwnResources own) {
        String start = iterator(own, SHARD);
        GetRecordsResponse page = kinesis(own).getRecords(request -> request.shardIterator(start));
        return page.records().size() + " records: "
                + String.join(
                        ", ",
                        page.records().stream()
                                .map(record -> record.partitionKey() + "="
                                        + record.data().asUtf8String())
                                .toList());
    }
}
