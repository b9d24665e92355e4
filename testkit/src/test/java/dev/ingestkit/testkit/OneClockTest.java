package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Everything that waits goes by the pipeline's clock: it stands still with it, and becomes due when it is advanced. */
@IngestTest(template = "src/test/resources/time.yaml")
@ResetAfterEach
class OneClockTest {

    private static final Path TEMPLATE = Path.of("src/test/resources/time.yaml");

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void freeze(IngestPipeline pipeline) {
        pipeline.clock().freeze();
    }

    @Test
    void retries(IngestPipeline pipeline) {
        refuse(pipeline);
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").delivered(1);
        pipeline.clock().advance(Duration.ZERO);
        assertThat(seen).hasSize(1);
        pipeline.clock().advance(Duration.ofMinutes(10));
        assertThat(seen).hasSizeGreaterThan(5);
        pipeline.clock().advance(Duration.ofHours(2));
    }

    @Test
    void ages(IngestPipeline pipeline) {
        refuse(pipeline);
        pipeline.put("Orders", "order-1", "{}");
        pipeline.clock().advance(Duration.ofMinutes(59));
        assertThatThrownBy(() -> pipeline.await("order-1").deadLettered()).isInstanceOf(AssertionError.class);
        pipeline.clock().advance(Duration.ofMinutes(10));
        assertThat(pipeline.await("order-1").deadLettered()).isEqualTo("RecordAgeExceeded");
    }

    @Test
    void windows(IngestPipeline pipeline) {
        take(pipeline);
        pipeline.put("Payments", "payment-1", "{}");
        pipeline.put("Payments", "payment-2", "{}");
        pipeline.clock().advance(Duration.ofSeconds(59));
        assertThat(seen).isEmpty();
        pipeline.clock().advance(Duration.ofSeconds(2));
        assertThat(seen).containsExactly("payment-1 payment-2");
    }

    @Test
    void visibility(IngestPipeline pipeline, SqsClient queues) {
        String url = pipeline.name("Messages");
        queues.sendMessage(request -> request.queueUrl(url).messageBody("order-1"));
        assertThat(received(queues, url)).isEqualTo(1);
        pipeline.clock().advance(Duration.ofSeconds(599));
        assertThat(received(queues, url)).isZero();
        pipeline.clock().advance(Duration.ofSeconds(2));
        assertThat(received(queues, url)).isEqualTo(1);
    }

    private static int received(SqsClient queues, String url) {
        return queues.receiveMessage(request -> request.queueUrl(url).waitTimeSeconds(0))
                .messages()
                .size();
    }

    @Test
    void retention(IngestPipeline pipeline, KinesisClient kinesis) {
        put(kinesis, pipeline.name("Plain"), "old");
        pipeline.clock().advance(Duration.ofHours(23));
        assertThat(records(kinesis, pipeline.name("Plain"))).containsExactly("old");
        pipeline.clock().advance(Duration.ofHours(2));
        assertThat(records(kinesis, pipeline.name("Plain"))).isEmpty();
    }

    private static PutRecordResponse put(KinesisClient kinesis, String stream, String data) {
        return kinesis.putRecord(
                request -> request.streamName(stream).partitionKey("any").data(SdkBytes.fromUtf8String(data)));
    }

    private static List<String> records(KinesisClient kinesis, String stream) {
        String iterator = kinesis.getShardIterator(request -> request.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return kinesis.getRecords(request -> request.shardIterator(iterator)).records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    @Test
    void cachedAuthorizerDecisions(IngestPipeline pipeline) {
        pipeline.replace("Guard", Map.class, (event, context) -> {
            seen.add("asked");
            return Map.of(
                    "principalId",
                    "ann",
                    "policyDocument",
                    Map.of(
                            "Version",
                            "2012-10-17",
                            "Statement",
                            List.of(Map.of("Action", "execute-api:Invoke", "Effect", "Allow", "Resource", "*"))));
        });
        pipeline.replace("Front", Map.class, (event, context) -> Map.of("statusCode", 200, "body", "orders"));
        ApiClient ann = pipeline.api().withHeader("Authorization", "ann");
        assertThat(ann.get("/orders")).isEqualTo(new ApiAnswer(200, "orders"));
        pipeline.clock().advance(Duration.ofSeconds(299));
        assertThat(ann.get("/orders").status()).isEqualTo(200);
        assertThat(seen).hasSize(1);
        pipeline.clock().advance(Duration.ofSeconds(2));
        assertThat(ann.get("/orders").status()).isEqualTo(200);
        assertThat(seen).hasSize(2);
    }

    @Test
    void rotation(IngestPipeline pipeline, SecretsManagerClient secrets) {
        String secret = pipeline.name("Password");
        pipeline.replace("Rotator", Map.class, (event, context) -> {
            seen.add(String.valueOf(event.get("Step")));
            if ("createSecret".equals(event.get("Step"))) {
                secrets.putSecretValue(request -> request.secretId(secret)
                        .clientRequestToken(String.valueOf(event.get("ClientRequestToken")))
                        .secretString("rotated")
                        .versionStages("AWSPENDING"));
            }
            if ("finishSecret".equals(event.get("Step"))) {
                String current = secrets.getSecretValue(request -> request.secretId(secret))
                        .versionId();
                secrets.updateSecretVersionStage(request -> request.secretId(secret)
                        .versionStage("AWSCURRENT")
                        .moveToVersionId(String.valueOf(event.get("ClientRequestToken")))
                        .removeFromVersionId(current));
            }
            return null;
        });
        secrets.rotateSecret(request -> request.secretId(secret)
                .rotationLambdaARN("arn:aws:lambda:us-east-1:000000000000:function:" + pipeline.name("Rotator"))
                .rotateImmediately(false)
                .rotationRules(rules -> rules.automaticallyAfterDays(1L)));
        pipeline.clock().advance(Duration.ZERO);
        seen.clear();
        pipeline.clock().advance(Duration.ofHours(23));
        assertThat(seen).isEmpty();
        pipeline.clock().advance(Duration.ofDays(1));
        assertThat(seen).startsWith("createSecret", "setSecret", "testSecret", "finishSecret");
        assertThat(secrets.getSecretValue(request -> request.secretId(secret)).secretString())
                .isEqualTo("rotated");
        seen.clear();
        pipeline.clock().advance(Duration.ofDays(7));
        assertThat(seen).filteredOn("finishSecret"::equals).hasSize(7);
    }

    @Test
    void timeToLive(IngestPipeline pipeline, DynamoDbClient table) {
        long inAnHour = pipeline.clock().now().plus(Duration.ofHours(1)).getEpochSecond();
        table.putItem(request -> request.tableName(pipeline.name("Table"))
                .item(Map.of(
                        "id", AttributeValue.fromS("old"), "expires", AttributeValue.fromN(Long.toString(inAnHour)))));
        pipeline.clock().advance(Duration.ofMinutes(59));
        assertThat(items(pipeline, table)).isEqualTo(1);
        pipeline.clock().advance(Duration.ofDays(2));
        assertThat(items(pipeline, table)).isZero();
    }

    private static int items(IngestPipeline pipeline, DynamoDbClient table) {
        return table.scan(request -> request.tableName(pipeline.name("Table"))).count();
    }

    @Test
    void schedules(IngestPipeline pipeline) {
        pipeline.replace("Hourly", Map.class, (event, context) -> {
            seen.add(String.valueOf(event.get("detail-type")));
            return null;
        });
        pipeline.clock().advance(Duration.ofMinutes(190));
        assertThat(seen).containsExactly("Scheduled Event", "Scheduled Event", "Scheduled Event");
    }

    @Test
    void throttling() {
        try (IngestPipeline limited = IngestPipeline.start(TEMPLATE)) {
            limited.clock().freeze();
            String large = "x".repeat(1_000_000);
            limited.put("Plain", "order-1", large);
            assertThatThrownBy(() -> limited.put("Plain", "order-2", large))
                    .hasMessageContaining("ProvisionedThroughputExceeded");
            limited.clock().advance(Duration.ofSeconds(2));
            limited.put("Plain", "order-2", large);
        }
    }

    @Test
    void theSameSeedHasTheSameOrder() {
        List<String> first = order("7");
        assertThat(order("7")).isEqualTo(first);
        assertThat(first).hasSizeGreaterThan(20);
        assertThat(order("8")).isNotEqualTo(first);
    }

    /** Returns what happened to ten events in two streams with injected errors, in the journal's order. */
    private static List<String> order(String seed) {
        try (IngestPipeline pipeline = IngestPipeline.of(TEMPLATE)
                .fault("function-invoke:error,rate=0.6,seed=" + seed)
                .start()) {
            pipeline.replace("Writer", Map.class, (event, context) -> null);
            pipeline.clock().freeze();
            for (int number = 0; number < 5; number++) {
                pipeline.put("Payments", "payment-" + number, "{}");
                pipeline.clock().advance(Duration.ofSeconds(7));
                pipeline.put("Orders", "order-" + number, "{}");
                pipeline.clock().advance(Duration.ofSeconds(7));
            }
            pipeline.clock().advance(Duration.ofHours(2));
            return pipeline.journal().after(0, 10_000).stream()
                    .map(OneClockTest::line)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private static String line(JournalEntry entry) {
        if (entry.event() instanceof JournalEvent.Delivered delivered) {
            return "%s %d records, attempt %d"
                    .formatted(delivered.stream(), delivered.range().records(), delivered.attempt());
        }
        if (entry.event() instanceof JournalEvent.Attempt attempt) {
            return "%s %s".formatted(attempt.function(), attempt.result().outcome());
        }
        return entry.event() instanceof JournalEvent.DeadLetter ? "dead letter" : "";
    }

    private void refuse(IngestPipeline pipeline) {
        pipeline.replace("Writer", Map.class, (event, context) -> {
            seen.add("refused");
            throw new IllegalStateException("refused on purpose");
        });
    }

    private void take(IngestPipeline pipeline) {
        pipeline.replace(
                "Writer", com.amazonaws.services.lambda.runtime.events.KinesisEvent.class, (event, context) -> {
                    seen.add(event.getRecords().stream()
                            .map(record -> record.getKinesis().getPartitionKey())
                            .reduce((one, two) -> one + " " + two)
                            .orElse(""));
                    return null;
                });
    }
}
