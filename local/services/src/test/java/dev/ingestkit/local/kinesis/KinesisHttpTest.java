package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.protocol.ServiceRouter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Calls the service over its port with AWS's own clients: CBOR over HTTP/1.1 and h2c, and JSON. */
class KinesisHttpTest {

    private static final String SHARD = "shardId-000000000000";

    private final KinesisService service = new KinesisService(
            KinesisService.Options.of("us-east-1", KinesisCalls.ACCOUNT, true),
            Clock.systemUTC(),
            new Journal(Clock.systemUTC()),
            Faults.NONE,
            new SplittableRandom(3));
    private final HttpServer server = HttpServer.start(
            HttpServerConfig.loopback(0),
            ServiceRouter.builder().service(service).build());
    private final URI endpoint = URI.create("http://localhost:" + server.port());
    private final StaticCredentialsProvider credentials =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    @AfterEach
    void close() {
        server.close();
        service.close();
    }

    private KinesisClient client() {
        return KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private KinesisAsyncClient asyncClient() {
        return KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .build();
    }

    private static PutRecordsRequestEntry entry(int number) {
        return PutRecordsRequestEntry.builder()
                .partitionKey("key-" + number)
                .data(SdkBytes.fromUtf8String("event " + number))
                .build();
    }

    @Test
    void onlyErrorsOfTheModelSpellMessageInLowerCase() throws IOException, InterruptedException {
        assertThat(post("DescribeStream", "{\"StreamName\":\"s\"}"))
                .contains("\"__type\":\"ResourceNotFoundException\",\"message\":");
        assertThat(post("DescribeStream", "{\"StreamName\":1}"))
                .contains("\"__type\":\"SerializationException\",\"Message\":");
    }

    private String post(String action, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theSyncClientPutsAndReads() {
        Instant before = Instant.now().minusSeconds(1);
        try (KinesisClient client = client()) {
            client.createStream(create -> create.streamName("s").shardCount(1));
            client.waiter().waitUntilStreamExists(describe -> describe.streamName("s"));
            PutRecordsResponse put = client.putRecords(all -> all.streamName("s")
                    .records(IntStream.range(0, 20)
                            .mapToObj(KinesisHttpTest::entry)
                            .toList()));

            GetRecordsResponse read = client.getRecords(get -> get.shardIterator(client.getShardIterator(
                            at -> at.streamName("s").shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator()));

            assertThat(put.failedRecordCount()).isZero();
            assertThat(read.records()).hasSize(20);
            assertThat(read.records().get(7).data().asUtf8String()).isEqualTo("event 7");
            assertThat(read.records().get(7).sequenceNumber())
                    .isEqualTo(put.records().get(7).sequenceNumber());
            assertThat(read.records().get(7).approximateArrivalTimestamp()).isBetween(before, Instant.now());
            assertThat(read.millisBehindLatest()).isZero();
            assertThatThrownBy(() ->
                            client.createStream(create -> create.streamName("s").shardCount(1)))
                    .isInstanceOf(ResourceInUseException.class)
                    .hasMessageContaining("Stream s under account 000000000000 already exists.");
        }
    }

    @Test
    void timestampIteratorsAcceptTheClientsForm() {
        try (KinesisClient client = client()) {
            client.createStream(create -> create.streamName("s").shardCount(1));
            client.putRecord(put -> put.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("x")));

            String iterator = client.getShardIterator(at -> at.streamName("s")
                            .shardId(SHARD)
                            .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                            .timestamp(Instant.now().minusSeconds(60)))
                    .shardIterator();

            assertThat(client.getRecords(get -> get.shardIterator(iterator)).records())
                    .hasSize(1);
        }
    }

    @Test
    void theDefaultAsyncClientPutsAndReadsOverHttp2() throws Exception {
        try (KinesisAsyncClient client = asyncClient()) {
            get(client.createStream(create -> create.streamName("s").shardCount(1)));
            get(client.putRecords(all -> all.streamName("s").records(entry(1), entry(2))));
            String iterator = get(client.getShardIterator(
                            at -> at.streamName("s").shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON)))
                    .shardIterator();

            List<Record> records =
                    get(client.getRecords(read -> read.shardIterator(iterator))).records();

            assertThat(records)
                    .extracting(record -> record.data().asUtf8String())
                    .containsExactly("event 1", "event 2");
            assertThatThrownBy(() -> get(client.describeStream(describe -> describe.streamName("t"))))
                    .hasCauseInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    void subscribersReceiveRetainedAndNewRecords() throws Exception {
        try (KinesisAsyncClient client = asyncClient()) {
            String consumer = consumer(client);
            get(client.putRecord(put -> put.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("before"))));
            List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> subscription = subscribe(client, consumer, events);
            awaitTexts(events, "before");

            get(client.putRecord(put -> put.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("after"))));

            awaitTexts(events, "before", "after");
            SubscribeToShardEvent last = events.get(events.size() - 1);
            assertThat(last.continuationSequenceNumber())
                    .isEqualTo(last.records().get(0).sequenceNumber());
            assertThat(last.records().get(0).approximateArrivalTimestamp())
                    .isAfter(Instant.now().minusSeconds(60));

            get(client.splitShard(split -> split.streamName("s")
                    .shardToSplit(SHARD)
                    .newStartingHashKey("170141183460469231731687303715884105728")));

            get(subscription);
            SubscribeToShardEvent end = events.get(events.size() - 1);
            assertThat(end.childShards()).hasSize(2);
            assertThat(end.continuationSequenceNumber()).isNull();
        }
    }

    private static String consumer(KinesisAsyncClient client) throws Exception {
        get(client.createStream(create -> create.streamName("s").shardCount(1)));
        String arn = get(client.describeStreamSummary(describe -> describe.streamName("s")))
                .streamDescriptionSummary()
                .streamARN();
        String consumer = get(client.registerStreamConsumer(
                        register -> register.streamARN(arn).consumerName("c")))
                .consumer()
                .consumerARN();
        assertThat(get(client.describeStreamConsumer(describe -> describe.consumerARN(consumer)))
                        .consumerDescription()
                        .consumerStatus())
                .isEqualTo(ConsumerStatus.ACTIVE);
        return consumer;
    }

    private static CompletableFuture<Void> subscribe(
            KinesisAsyncClient client, String consumer, List<SubscribeToShardEvent> events) {
        SubscribeToShardResponseHandler handler = SubscribeToShardResponseHandler.builder()
                .subscriber(event -> event.accept(SubscribeToShardResponseHandler.Visitor.builder()
                        .onSubscribeToShardEvent(events::add)
                        .build()))
                .build();
        return client.subscribeToShard(
                to -> to.consumerARN(consumer)
                        .shardId(SHARD)
                        .startingPosition(StartingPosition.builder()
                                .type(ShardIteratorType.TRIM_HORIZON)
                                .build()),
                handler);
    }

    private static void awaitTexts(List<SubscribeToShardEvent> events, String... texts) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(events.stream()
                                .flatMap(event -> event.records().stream())
                                .map(record -> record.data().asUtf8String()))
                        .containsExactly(texts));
    }

    @Test
    void secondSubscriptionsWithinFiveSecondsAreRejected() throws Exception {
        try (KinesisAsyncClient client = asyncClient()) {
            String consumer = consumer(client);
            get(client.putRecord(put -> put.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("x"))));
            List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
            CompletableFuture<Void> first = subscribe(client, consumer, events);
            awaitTexts(events, "x");

            assertThatThrownBy(() -> get(subscribe(client, consumer, new CopyOnWriteArrayList<>())))
                    .hasCauseInstanceOf(ResourceInUseException.class);

            get(client.deregisterStreamConsumer(deregister -> deregister.consumerARN(consumer)));
            get(first);
        }
    }

    @Test
    void jsonRequestsGetJsonResponses() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        post(client, "CreateStream", "{\"StreamName\":\"s\",\"ShardCount\":1}");
        HttpResponse<String> put =
                post(client, "PutRecord", "{\"StreamName\":\"s\",\"PartitionKey\":\"k\",\"Data\":\"eA==\"}");
        HttpResponse<String> missing = post(client, "DescribeStream", "{\"StreamName\":\"t\"}");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).matches("\\{\"ShardId\":\"shardId-000000000000\",\"SequenceNumber\":\"\\d{56}\"}");
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body())
                .contains("\"__type\":\"ResourceNotFoundException\"")
                .contains("Stream t under account 000000000000 not found.");
    }

    private HttpResponse<String> post(HttpClient client, String action, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
