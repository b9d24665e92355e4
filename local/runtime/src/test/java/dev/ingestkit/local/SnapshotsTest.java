package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotsTest {

    private static final String TEMPLATE = """
        Resources:
          Events: { Type: AWS::Kinesis::Stream, Properties: { Name: events, ShardCount: 2 } }
          Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: queue } }
          Bucket: { Type: AWS::S3::Bucket, Properties: { BucketName: bucket } }
          Secret: { Type: AWS::SecretsManager::Secret, Properties: { Name: secret, SecretString: first } }
          Table:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: table
              BillingMode: PAY_PER_REQUEST
              KeySchema: [ { AttributeName: p, KeyType: HASH } ]
              AttributeDefinitions: [ { AttributeName: p, AttributeType: S } ]
        """;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private LocalRuntimeConfig inMemory = LocalRuntimeConfig.of(Path.of(""));

    @BeforeEach
    void writeTemplate() throws IOException {
        Path template = directory.resolve("template.yaml");
        Files.writeString(template, TEMPLATE);
        inMemory = LocalRuntimeConfig.of(template)
                .withPort(0)
                .withLimits(false)
                .withSnapshots(directory.resolve("snapshots"));
    }

    private LocalRuntime start(boolean durable) {
        return LocalRuntime.start(durable ? inMemory.withData(directory.resolve("data")) : inMemory);
    }

    private JsonNode call(LocalRuntime runtime, String target, String body) {
        return send(HttpRequest.newBuilder(runtime.endpoint())
                .header("X-Amz-Target", target)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return json.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private HttpResponse<String> control(LocalRuntime runtime, String method, String path, String body)
            throws Exception {
        return http.send(
                HttpRequest.newBuilder(runtime.endpoint().resolve("/_ingest/snapshots" + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void putRecord(LocalRuntime runtime, int number) {
        String data = Base64.getEncoder().encodeToString(("r" + number).getBytes(StandardCharsets.UTF_8));
        call(
                runtime,
                "Kinesis_20131202.PutRecord",
                "{\"StreamName\":\"events\",\"PartitionKey\":\"k%d\",\"Data\":\"%s\"}".formatted(number, data));
    }

    private void putItem(LocalRuntime runtime, int number) {
        call(
                runtime,
                "DynamoDB_20120810.PutItem",
                "{\"TableName\":\"table\",\"Item\":{\"p\":{\"S\":\"i%d\"}}}".formatted(number));
    }

    private void sendMessage(LocalRuntime runtime, int number) {
        call(runtime, "AmazonSQS.SendMessage", queue(runtime, "\"MessageBody\":\"m%d\"".formatted(number)));
    }

    private static String queue(LocalRuntime runtime, String members) {
        return "{\"QueueUrl\":\"%s/000000000000/queue\",%s}".formatted(runtime.endpoint(), members);
    }

    private int records(LocalRuntime runtime) {
        int count = 0;
        for (String shard : List.of("shardId-000000000000", "shardId-000000000001")) {
            String iterator = call(
                            runtime,
                            "Kinesis_20131202.GetShardIterator",
                            "{\"StreamName\":\"events\",\"ShardId\":\"%s\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"
                                    .formatted(shard))
                    .path("ShardIterator")
                    .asText();
            count += call(runtime, "Kinesis_20131202.GetRecords", "{\"ShardIterator\":\"%s\"}".formatted(iterator))
                    .path("Records")
                    .size();
        }
        return count;
    }

    private int items(LocalRuntime runtime) {
        return call(runtime, "DynamoDB_20120810.Scan", "{\"TableName\":\"table\",\"Select\":\"COUNT\"}")
                .path("Count")
                .intValue();
    }

    private int messages(LocalRuntime runtime) {
        return call(
                        runtime,
                        "AmazonSQS.GetQueueAttributes",
                        queue(runtime, "\"AttributeNames\":[\"ApproximateNumberOfMessages\"]"))
                .at("/Attributes/ApproximateNumberOfMessages")
                .asInt();
    }

    private HttpRequest.Builder object(LocalRuntime runtime) {
        return HttpRequest.newBuilder(runtime.endpoint().resolve("/bucket/key"))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0");
    }

    private void change(LocalRuntime runtime, int number, String secret) {
        putRecord(runtime, number);
        putItem(runtime, number);
        sendMessage(runtime, number);
        call(
                runtime,
                "secretsmanager.PutSecretValue",
                "{\"SecretId\":\"secret\",\"SecretString\":\"%s\"}".formatted(secret));
        send(object(runtime)
                .PUT(HttpRequest.BodyPublishers.ofString('"' + secret + '"'))
                .build());
    }

    private String contents(LocalRuntime runtime) {
        return "records %d, items %d, messages %d, secret %s, object %s"
                .formatted(
                        records(runtime),
                        items(runtime),
                        messages(runtime),
                        call(runtime, "secretsmanager.GetSecretValue", "{\"SecretId\":\"secret\"}")
                                .path("SecretString")
                                .asText(),
                        send(object(runtime).GET().build()).asText());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyServiceIsAsItWasSaved(boolean durable) throws Exception {
        String saved = "records 1, items 1, messages 1, secret old, object old";
        String changed = "records 2, items 2, messages 2, secret new, object new";
        try (LocalRuntime runtime = start(durable)) {
            change(runtime, 1, "old");
            runtime.clock().advance(Duration.ofHours(2));
            assertThat(runtime.snapshots().save("one", false).events()).isEqualTo(1);
            change(runtime, 2, "new");
            runtime.clock().advance(Duration.ofHours(2));
            runtime.snapshots().save("two", false);

            runtime.snapshots().load("one");
            assertThat(contents(runtime)).isEqualTo(saved);
            assertThat(runtime.clock().reading().ahead()).isLessThan(Duration.ofHours(3));
            runtime.snapshots().load("two");
            assertThat(contents(runtime)).isEqualTo(changed);
            assertThat(runtime.clock().reading().ahead()).isGreaterThan(Duration.ofHours(3));
            runtime.snapshots().load("one");
            change(runtime, 2, "new");
        }
        try (LocalRuntime runtime = start(durable)) {
            assertThat(records(runtime)).isEqualTo(durable ? 2 : 0);
            runtime.snapshots().load("two");
            assertThat(contents(runtime)).isEqualTo(changed);
        }
    }

    private String sns(LocalRuntime runtime, String form) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(runtime.endpoint())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/sns/aws4_request, SignedHeaders=host,"
                                        + " Signature=0")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    @Test
    void topicsAndRulesOfClientsSurviveARestart() throws Exception {
        String topic = "arn:aws:sns:us-east-1:000000000000:";
        try (LocalRuntime runtime = start(true)) {
            sns(runtime, "Action=CreateTopic&Name=kept");
            sns(runtime, "Action=CreateTopic&Name=deleted");
            sns(
                    runtime,
                    "Action=Subscribe&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:queue&TopicArn="
                            + topic
                            + "kept");
            sns(runtime, "Action=DeleteTopic&TopicArn=" + topic + "deleted");
            call(runtime, "AWSEvents.PutRule", "{\"Name\":\"daily\",\"ScheduleExpression\":\"rate(1 day)\"}");
            call(
                    runtime,
                    "AWSEvents.PutTargets",
                    "{\"Rule\":\"daily\",\"Targets\":[{\"Id\":\"1\",\"Arn\":\"arn:aws:sqs:us-east-1:000000000000:queue\","
                            + "\"Input\":\"{}\"}]}");
            call(runtime, "AWSEvents.DisableRule", "{\"Name\":\"daily\"}");
            call(runtime, "AWSEvents.PutRule", "{\"Name\":\"gone\",\"ScheduleExpression\":\"rate(1 day)\"}");
            call(runtime, "AWSEvents.DeleteRule", "{\"Name\":\"gone\"}");
        }
        try (LocalRuntime runtime = start(true)) {
            assertThat(sns(runtime, "Action=ListTopics"))
                    .contains(topic + "kept")
                    .doesNotContain(topic + "deleted");
            assertThat(sns(runtime, "Action=ListSubscriptions")).contains("arn:aws:sqs:us-east-1:000000000000:queue");
            JsonNode rules = call(runtime, "AWSEvents.ListRules", "{}").path("Rules");
            assertThat(rules).hasSize(1);
            assertThat(rules.at("/0/Name").asText()).isEqualTo("daily");
            assertThat(rules.at("/0/State").asText()).isEqualTo("DISABLED");
            assertThat(call(runtime, "AWSEvents.ListTargetsByRule", "{\"Rule\":\"daily\"}")
                            .at("/Targets/0/Id")
                            .asText())
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSnapshotUnderLoadIsOneCut(boolean durable) throws Exception {
        try (LocalRuntime runtime = start(durable)) {
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> {
                int number = 0;
                while (!stopped.get()) {
                    putRecord(runtime, number);
                    putItem(runtime, number);
                    sendMessage(runtime, number);
                    number++;
                }
                return number;
            });
            List<String> names = new ArrayList<>();
            for (int at = 0; at < 8; at++) {
                names.add("cut-" + at);
                runtime.snapshots().save("cut-" + at, false);
            }
            stopped.set(true);
            int written = writer.join();
            for (String name : names) {
                runtime.snapshots().load(name);
                int records = records(runtime);
                int items = items(runtime);
                int messages = messages(runtime);
                assertThat(records).as(name).isBetween(items, items + 1).isLessThanOrEqualTo(written);
                assertThat(items).as(name).isBetween(messages, messages + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDamagedSnapshotChangesNothing(boolean durable) throws Exception {
        try (LocalRuntime runtime = start(durable)) {
            change(runtime, 1, "old");
            runtime.snapshots().save("cut-off", false);
            runtime.snapshots().save("old-format", false);
            Path damaged = directory.resolve("snapshots/cut-off/snapshot-0");
            byte[] bytes = Files.readAllBytes(damaged);
            Files.write(damaged, Arrays.copyOf(bytes, bytes.length - 3));
            Files.writeString(directory.resolve("snapshots/old-format/format"), "ingest-kit data 0\n");

            assertThatThrownBy(() -> runtime.snapshots().load("cut-off"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("snapshot-0' is damaged");
            assertThatThrownBy(() -> runtime.snapshots().load("old-format"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has the format 'ingest-kit data 0', and this program reads");
            assertThat(contents(runtime)).isEqualTo("records 1, items 1, messages 1, secret old, object old");
        }
    }

    @Test
    void aSnapshotOfAnotherStackIsRefused() throws Exception {
        try (LocalRuntime runtime = start(false)) {
            runtime.snapshots().save("theirs", false);
        }
        try (LocalRuntime other = LocalRuntime.start(inMemory.withStackName("other"))) {
            assertThatThrownBy(() -> other.snapshots().load("theirs"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has the data of stack 'ingest-kit', not 'other'");
        }
    }

    @Test
    void clientsSaveListLoadAndDelete() throws Exception {
        try (LocalRuntime runtime = start(false)) {
            putItem(runtime, 1);
            assertThat(json.readTree(control(runtime, "POST", "", "{\"action\":\"save\",\"name\":\"one\"}")
                                    .body())
                            .path("name")
                            .asText())
                    .isEqualTo("one");
            putItem(runtime, 2);
            assertThat(control(runtime, "POST", "", "{\"action\":\"save\",\"name\":\"one\"}")
                            .body())
                    .contains("snapshot 'one' already exists");
            assertThat(control(runtime, "POST", "", "{\"action\":\"load\",\"name\":\"one\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(items(runtime)).isEqualTo(1);
            JsonNode list = json.readTree(control(runtime, "GET", "", "").body());
            assertThat(list.at("/snapshots/0/name").asText()).isEqualTo("one");
            assertThat(list.path("directory").asText())
                    .isEqualTo(directory.resolve("snapshots").toString());
            assertThat(control(runtime, "DELETE", "/one", "").statusCode()).isEqualTo(200);
            assertThat(control(runtime, "DELETE", "/one", "").body())
                    .contains("snapshot 'one' not found; no snapshot is saved");
        }
    }

    @Test
    void invalidCallsAreRefused() throws Exception {
        try (LocalRuntime runtime = start(false)) {
            for (String name : List.of("../up", "a b", ".hidden", "x".repeat(65))) {
                HttpResponse<String> answer =
                        control(runtime, "POST", "", "{\"action\":\"save\",\"name\":\"%s\"}".formatted(name));
                assertThat(answer.statusCode()).as(name).isEqualTo(400);
                assertThat(answer.body()).contains("is not a valid snapshot name: use 1 to 64 letters");
            }
            for (String body : List.of("", "{", "{}", "{\"action\":\"save\"}", "{\"action\":\"x\",\"name\":\"a\"}")) {
                HttpResponse<String> answer = control(runtime, "POST", "", body);
                assertThat(answer.statusCode()).as(body).isEqualTo(400);
                assertThat(answer.body()).contains("the body must be");
            }
            assertThat(control(runtime, "PUT", "", "").statusCode()).isEqualTo(404);
            HttpRequest ofWebPage = HttpRequest.newBuilder(runtime.endpoint().resolve("/_ingest/snapshots"))
                    .header("Origin", "https://example.com")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"save\",\"name\":\"a\"}"))
                    .build();
            assertThat(http.send(ofWebPage, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void onlyTheOwnerMayReadSnapshots() throws Exception {
        try (LocalRuntime runtime = start(false)) {
            runtime.snapshots().save("one", false);
        }
        for (String created : List.of("snapshots", "snapshots/one")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(created))))
                    .isEqualTo("rwx------");
        }
    }
}
