package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.testkit.IngestPipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateEventSourceMappingRequest;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Covers the stream of a table as an event source: by template and by Lambda's API, with a real function. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedTableStreamTest {

    private IngestPipeline pipeline;
    private DynamoDbClient dynamoDb;
    private LambdaClient lambda;
    private Map<String, String> outputs;
    private Path seen;

    @BeforeAll
    void start(@TempDir Path folder) {
        seen = folder.resolve("seen.txt");
        pipeline = IngestPipeline.of(Path.of("src/test/resources/table-stream.yaml"))
                .parameter("SeenFile", seen.toString())
                .start();
        outputs = pipeline.outputs();
        dynamoDb = pipeline.client(DynamoDbClient.class);
        lambda = pipeline.client(LambdaClient.class);
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private void put(String table, String id, int version, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> item = new HashMap<>(more);
        item.put("id", text(id));
        item.put("v", AttributeValue.fromN("" + version));
        dynamoDb.putItem(request -> request.tableName(table).item(item));
    }

    /** Returns the lines that the function has written about an item. */
    private List<String> seen(String id) {
        if (!Files.exists(seen)) {
            return List.of();
        }
        try {
            return Files.readAllLines(seen).stream()
                    .filter(line -> line.split(" ", -1)[2].equals(id))
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ConditionFactory eventually() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void theChangesOfAnItemReachTheFunctionInOrder() {
        List<String> expected = new ArrayList<>();
        for (int version = 1; version <= 30; version++) {
            put("orders", "in-order", version, Map.of());
            put("orders", "ignored-" + version, version, Map.of());
            expected.add(
                    version == 1
                            ? "orders INSERT in-order ->1"
                            : "orders MODIFY in-order %d->%d".formatted(version - 1, version));
        }
        dynamoDb.deleteItem(request -> request.tableName("orders").key(Map.of("id", text("in-order"))));
        expected.add("orders REMOVE in-order 30->");

        eventually().untilAsserted(() -> assertThat(seen("in-order")).isEqualTo(expected));
        assertThat(seen("ignored-30")).as("filtered").isEmpty();
    }

    @Test
    void anItemIsTracedThroughTheStreamOfItsTable(@TempDir Path folder) throws IOException {
        put("orders", "traced", 1, Map.of());
        Tool tool =
                new Tool(folder).target("--endpoint-url", pipeline.endpoint().toString());

        JsonNode waited = tool.run("wait", "--for", "processed", "--id", "traced", "-o", "json")
                .json();
        JsonNode trace = tool.run("trace", "traced", "-o", "json").json();

        assertThat(waited.path("state").asText()).isEqualTo("processed");
        assertThat(trace.path("history").findValuesAsText("kind")).contains("delivered", "attempt");
    }

    @Test
    void anExpiredItemIsRemovedByTheService() {
        put("orders", "expired", 1, Map.of("expires", AttributeValue.fromN("1700000000")));

        eventually()
                .untilAsserted(() -> assertThat(seen("expired"))
                        .containsExactly(
                                "orders INSERT expired ->1",
                                "orders REMOVE expired 1-> by Service dynamodb.amazonaws.com"));
    }

    @Test
    void aChangeThatIsGivenUpIsReportedToTheQueue() throws IOException {
        put("orders", "before", 1, Map.of());
        put("orders", "bad", 1, Map.of("poison", AttributeValue.fromBool(true)));
        put("orders", "after", 1, Map.of());

        eventually().untilAsserted(() -> assertThat(seen("after")).hasSize(1));
        Message message = eventually()
                .until(
                        () -> pipeline.client(SqsClient.class)
                                .receiveMessage(request -> request.queueUrl(outputs.get("QueueUrl")))
                                .messages(),
                        messages -> !messages.isEmpty())
                .get(0);
        JsonNode given = new ObjectMapper().readTree(message.body());
        assertThat(given.at("/requestContext/condition").asText()).isEqualTo("RetryAttemptsExhausted");
        JsonNode batch = given.get("DDBStreamBatchInfo");
        assertThat(batch.get("batchSize").intValue()).isEqualTo(1);
        assertThat(batch.get("streamArn").asText()).isEqualTo(outputs.get("StreamArn"));
        assertThat(batch.get("startSequenceNumber")).isEqualTo(batch.get("endSequenceNumber"));
        assertThat(seen("before")).hasSize(1);
        assertThat(seen("bad")).isEmpty();
    }

    @Test
    void aMappingOfATableMadeLaterIsCreatedByTheApi() {
        String stream = dynamoDb.createTable(request -> request.tableName("later")
                        .billingMode("PAY_PER_REQUEST")
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("id")
                                .attributeType("S")
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("id")
                                .keyType("HASH")
                                .build())
                        .streamSpecification(
                                view -> view.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)))
                .tableDescription()
                .latestStreamArn();
        put("later", "missed", 1, Map.of());
        String id = lambda.createEventSourceMapping(mapping(stream, "LATEST")).uuid();
        eventually().until(() -> mapping(id).state().equals("Enabled"));
        put("later", "read", 2, Map.of());

        eventually().untilAsserted(() -> assertThat(seen("read")).containsExactly("later INSERT read ->2"));
        assertThat(seen("missed")).isEmpty();
        assertThat(mapping(id).eventSourceArn()).isEqualTo(stream);
        assertThat(mapping(id).batchSize()).isEqualTo(100);
    }

    private EventSourceMappingConfiguration mapping(String id) {
        return lambda.listEventSourceMappings(list -> {}).eventSourceMappings().stream()
                .filter(mapping -> mapping.uuid().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private CreateEventSourceMappingRequest mapping(String stream, String position) {
        return CreateEventSourceMappingRequest.builder()
                .functionName(outputs.get("FunctionArn"))
                .eventSourceArn(stream)
                .startingPosition(position)
                .build();
    }

    @Test
    void sourcesAndPositionsThatLambdaRefusesAreRefused() {
        String stream = requireNonNull(outputs.get("StreamArn"));
        String unknown = stream.replace("orders", "nowhere");
        assertThatThrownBy(() -> lambda.createEventSourceMapping(mapping(unknown, "LATEST")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Stream not found: " + unknown);
        CreateEventSourceMappingRequest byTime = mapping(unknown, "AT_TIMESTAMP").toBuilder()
                .startingPositionTimestamp(Instant.EPOCH)
                .build();
        assertThatThrownBy(() -> lambda.createEventSourceMapping(byTime))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Unsupported starting position for arn type: " + unknown);
    }
}
