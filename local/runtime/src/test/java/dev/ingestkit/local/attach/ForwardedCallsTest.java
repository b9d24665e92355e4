package dev.ingestkit.local.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.protocol.ServiceServer;
import dev.ingestkit.local.s3.S3Service;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;
import software.amazon.awssdk.services.s3.S3Client;

/** Uses AWS's clients on a port that forwards their calls to another one. */
final class ForwardedCallsTest {

    private static final String SHARD = "shardId-000000000000";

    private final Clock clock = Clock.systemUTC();
    private final KinesisService kinesis = new KinesisService(
            KinesisService.Options.of("us-east-1", "000000000000", true),
            clock,
            new Journal(clock),
            Faults.NONE,
            new SplittableRandom(1));
    private final S3Service s3 = new S3Service(clock, "us-east-1", "000000000000", 1 << 20, () -> "request");
    private final ServiceServer far = ServiceServer.start(
            ServiceRouter.builder().service(kinesis).rest(S3Service.NAME, s3).build());
    private final ServiceServer near = ServiceServer.start(new ForwardedCalls(
            new AwsClient(far.endpoint(), "us-east-1", clock, new SplittableRandom(1)),
            request -> CompletableFuture.completedFuture(HttpResponse.text(404, "not passed on")),
            new OriginRule(List.of())));

    @AfterEach
    void close() {
        near.close();
        far.close();
        kinesis.close();
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static SubscribeToShardResponseHandler into(List<String> texts) {
        return SubscribeToShardResponseHandler.builder()
                .subscriber(event -> event.accept(SubscribeToShardResponseHandler.Visitor.builder()
                        .onSubscribeToShardEvent(pushed -> addTexts(pushed, texts))
                        .build()))
                .build();
    }

    private static void addTexts(SubscribeToShardEvent event, List<String> texts) {
        event.records().forEach(record -> texts.add(record.data().asUtf8String()));
    }

    @Test
    void aSubscriptionIsForwardedPieceByPieceToItsEnd() throws Exception {
        KinesisAsyncClient client = near.kinesisAsync();
        String stream = kinesis.createStream(StreamSpecification.provisioned("s", 1))
                .arn()
                .toString();
        String consumer = get(client.registerStreamConsumer(
                        register -> register.streamARN(stream).consumerName("c")))
                .consumer()
                .consumerARN();
        List<String> texts = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> subscription = client.subscribeToShard(
                to -> to.consumerARN(consumer)
                        .shardId(SHARD)
                        .startingPosition(StartingPosition.builder()
                                .type(ShardIteratorType.TRIM_HORIZON)
                                .build()),
                into(texts));

        for (String text : List.of("one", "two")) {
            get(client.putRecord(put -> put.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String(text))));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> texts.contains(text));
        }
        get(client.splitShard(split -> split.streamName("s")
                .shardToSplit(SHARD)
                .newStartingHashKey("170141183460469231731687303715884105728")));

        get(subscription);
        assertThat(texts).containsExactly("one", "two");
    }

    @Test
    void headersOfABrowserStayHere() throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        try (ServiceServer other = ServiceServer.start(request -> {
                    names.addAll(request.headers().keySet());
                    return CompletableFuture.completedFuture(HttpResponse.text(200, "{}"));
                });
                ServiceServer port = ServiceServer.start(new ForwardedCalls(
                        new AwsClient(other.endpoint(), "us-east-1", clock, new SplittableRandom(1)),
                        request -> CompletableFuture.completedFuture(HttpResponse.text(404, "not passed on")),
                        new OriginRule(List.of())))) {
            HttpRequest call = HttpRequest.newBuilder(port.endpoint())
                    .header("X-Amz-Target", "Kinesis_20131202.ListStreams")
                    .header("Origin", port.endpoint().toString())
                    .header("Referer", port.endpoint() + "/page")
                    .header("Sec-Fetch-Site", "same-origin")
                    .header("X-Ingest-Token", "token of the page")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();

            assertThat(HttpClient.newHttpClient()
                            .send(call, BodyHandlers.ofString())
                            .body())
                    .isEqualTo("{}");
        }
        assertThat(names)
                .contains("x-amz-target")
                .doesNotContain("origin", "referer", "sec-fetch-site", "x-ingest-token");
    }

    @Test
    void aRefusedSubscriptionReturnsTheErrorOfTheOtherEndpoint() {
        CompletableFuture<Void> refused = near.kinesisAsync()
                .subscribeToShard(
                        to -> to.consumerARN("arn:aws:kinesis:us-east-1:000000000000:stream/none/consumer/c:1")
                                .shardId(SHARD)
                                .startingPosition(StartingPosition.builder()
                                        .type(ShardIteratorType.LATEST)
                                        .build()),
                        into(new CopyOnWriteArrayList<>()));

        assertThat(refused)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("ResourceNotFoundException");
    }

    @Test
    void objectCallsAreForwarded() {
        s3.createBucket("letters");
        S3Client client =
                near.open(S3Client.builder().forcePathStyle(true).httpClientBuilder(UrlConnectionHttpClient.builder()));

        client.putObject(put -> put.bucket("letters").key("a/b"), RequestBody.fromString("text"));
        new RemoteBuckets(new AwsClient(far.endpoint(), "us-east-1", clock, new SplittableRandom(1)))
                .put("arn:aws:s3:::letters", "a/c", new byte[] {'x'})
                .join();

        assertThat(client.getObjectAsBytes(get -> get.bucket("letters").key("a/b"))
                        .asUtf8String())
                .isEqualTo("text");
        assertThat(client.listObjectsV2(list -> list.bucket("letters")).contents())
                .extracting(object -> object.key())
                .containsExactly("a/b", "a/c");
        assertThat(new RemoteBuckets(new AwsClient(far.endpoint(), "us-east-1", clock, new SplittableRandom(1)))
                        .put("arn:aws:s3:::none", "k", new byte[0]))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("NoSuchBucket");
    }
}
