package dev.ingestkit.local.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.Origin;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceServer;
import dev.ingestkit.local.table.TableEngine;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

final class DynamoDbServiceTest {

    private static final String TABLE = """
        {"KeySchema":[{"AttributeName":"eventId","KeyType":"HASH"},{"AttributeName":"part","KeyType":"RANGE"}],
         "AttributeDefinitions":[{"AttributeName":"eventId","AttributeType":"S"},
                                 {"AttributeName":"part","AttributeType":"N"}],
         "BillingMode":"PAY_PER_REQUEST",
         "PointInTimeRecoverySpecification":{"PointInTimeRecoveryEnabled":true},
         "SSESpecification":{"SSEEnabled":true},
         "TimeToLiveSpecification":{"AttributeName":"_expires","Enabled":"true"}}
        """;

    private static final Journal JOURNAL = new Journal(Clock.systemUTC());
    private static volatile Faults faults = Faults.NONE;
    private static DynamoDbService service;
    private static ServiceServer server;
    private static DynamoDbClient client;

    @BeforeAll
    static void start() throws Exception {
        service = DynamoDbService.inMemory(
                TableEngine.Settings.of("us-east-1", "000000000000"),
                JOURNAL,
                trace -> trace.contains("Root=known")
                        ? Optional.of(new Origin("request-1", "writer"))
                        : Optional.empty(),
                (stage, target) -> faults.next(stage, target));
        server = ServiceServer.start(service);
        client = server.dynamoDb();
        service.createTable("events", new ObjectMapper().readTree(TABLE), "2026-01-01T00:00:00.000");
    }

    @AfterAll
    static void stop() {
        server.close();
        service.close();
    }

    @Test
    void aTableFromTemplatePropertiesHasItsKeysTimeToLiveAndArn() {
        assertThat(client.describeTable(request -> request.tableName("events"))
                        .table()
                        .tableArn())
                .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/events");
        assertThat(client.describeTimeToLive(request -> request.tableName("events"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("_expires");
    }

    @Test
    void actionsAreNamedWithoutTheirService() {
        assertThat(service.actions()).contains("PutItem", "TransactWriteItems").doesNotContain("GetRecords");
        assertThat(service.actions()).noneMatch(action -> action.contains("."));
    }

    @Test
    void itemsAreReturnedAsPut() {
        client.putItem(request -> request.tableName("events").item(item("round-trip")));
        assertThat(client.getItem(request -> request.tableName("events").key(item("round-trip")))
                        .item())
                .isEqualTo(item("round-trip"));
    }

    @Test
    void errorsHaveDynamoDbsCodes() {
        assertThatThrownBy(() ->
                        client.putItem(request -> request.tableName("gone").item(item("x"))))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void itemsOfAFunctionAreJournaledOncePerKey() {
        client.putItem(request -> request.tableName("events")
                .item(item("traced"))
                .overrideConfiguration(each -> each.putHeader("X-Amzn-Trace-Id", "Root=known;Sampled=0")));
        client.putItem(request -> request.tableName("events").item(item("untraced")));
        assertThat(JOURNAL.after(0, 100))
                .extracting(entry -> entry.event())
                .contains(new JournalEvent.Stored("request-1", "writer", "events", "traced"))
                .noneMatch(event -> event instanceof JournalEvent.Stored stored
                        && stored.key().equals("untraced"));
    }

    @Test
    void aTransactionIsJournaledOncePerKey() {
        byte[] body = """
            {"TransactItems":[
              {"Put":{"TableName":"events","Item":{"eventId":{"S":"big"},"part":{"N":"0"}}}},
              {"Put":{"TableName":"events","Item":{"eventId":{"S":"big"},"part":{"N":"1"}}}}]}
            """.getBytes(StandardCharsets.UTF_8);
        service.handle(request("TransactWriteItems", body))
                .toCompletableFuture()
                .join();
        assertThat(JOURNAL.after(0, 100))
                .extracting(entry -> entry.event())
                .filteredOn(event -> event instanceof JournalEvent.Stored stored
                        && stored.key().equals("big"))
                .hasSize(1);
    }

    @Test
    void pagesWithoutALimitEndAtOneMegabyte() throws Exception {
        service.createTable("pages", new ObjectMapper().readTree(TABLE), "2026-01-01T00:00:00.000");
        put("pages", "small", 3_000, "x".repeat(20));
        assertThat(client.scan(request -> request.tableName("pages")).count()).isEqualTo(3_000);
        put("pages", "large", 3_000, "x".repeat(1_000));
        List<Integer> pages = client.scanPaginator(request -> request.tableName("pages")).stream()
                .map(ScanResponse::count)
                .toList();
        assertThat(pages.stream().mapToInt(Integer::intValue).sum()).isEqualTo(6_000);
        assertThat(pages).hasSizeBetween(3, 4);
        assertThat(client
                        .queryPaginator(request -> request.tableName("pages")
                                .keyConditionExpression("eventId = :id")
                                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("large"))))
                        .stream()
                        .map(QueryResponse::count))
                .hasSizeBetween(3, 4)
                .allMatch(count -> count > 500);
    }

    @Test
    void theCallersLimitIsRespected() {
        client.putItem(request -> request.tableName("events").item(item("limit-1")));
        client.putItem(request -> request.tableName("events").item(item("limit-2")));
        ScanResponse page = client.scan(request -> request.tableName("events").limit(1));
        assertThat(page.scannedCount()).isEqualTo(1);
        assertThat(page.hasLastEvaluatedKey()).isTrue();
    }

    private static void put(String table, String id, int count, String text) {
        for (int first = 0; first < count; first += 25) {
            int begin = first;
            List<WriteRequest> puts = IntStream.range(begin, Math.min(count, begin + 25))
                    .mapToObj(part -> WriteRequest.builder()
                            .putRequest(put -> put.item(Map.of(
                                    "eventId",
                                    AttributeValue.fromS(id),
                                    "part",
                                    AttributeValue.fromN(Integer.toString(part)),
                                    "text",
                                    AttributeValue.fromS(text))))
                            .build())
                    .toList();
            client.batchWriteItem(request -> request.requestItems(Map.of(table, puts)));
        }
    }

    @Test
    void anInjectedThrottleFailsOnlyItsKeyWithDynamoDbsError() {
        faults = (stage, target) -> target.equals("faulty")
                ? Optional.of(new Faults.Fault(FaultKind.THROTTLE, Duration.ZERO))
                : Optional.empty();
        byte[] body = "{\"TableName\":\"events\",\"Item\":{\"eventId\":{\"S\":\"faulty\"},\"part\":{\"N\":\"0\"}}}"
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> service.handle(request("PutItem", body))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("ProvisionedThroughputExceededException"));
        faults = Faults.NONE;
    }

    @Test
    void aFaultOfOneStatementFailsOnlyItsItem() {
        byte[] body = batch("batch-1", "batch-2", "batch-3", "batch-4");
        Map<String, FaultKind> kinds =
                Map.of("batch-1", FaultKind.THROTTLE, "batch-2", FaultKind.DUPLICATE, "batch-4", FaultKind.ERROR);
        faults = (stage, target) ->
                Optional.ofNullable(kinds.get(target)).map(kind -> new Faults.Fault(kind, Duration.ZERO));
        String answer = text(answer("BatchExecuteStatement", body));
        faults = Faults.NONE;

        assertThat(answer)
                .isEqualTo("{\"Responses\":[{\"Error\":{\"Code\":\"ProvisionedThroughputExceeded\",\"Message\":"
                        + "\"The level of configured provisioned throughput for the table was exceeded (injected).\"}},"
                        + "{\"TableName\":\"events\"},{\"TableName\":\"events\"},"
                        + "{\"Error\":{\"Code\":\"InternalServerError\","
                        + "\"Message\":\"Internal server error (injected).\"}}]}");
        assertThat(Stream.of("batch-1", "batch-2", "batch-3", "batch-4")
                        .filter(id -> client.getItem(
                                        get -> get.tableName("events").key(item(id)))
                                .hasItem()))
                .containsExactly("batch-2", "batch-3");
    }

    @Test
    void aFaultOfTheConnectionFailsAllStatements() {
        faults = (stage, target) -> target.equals("cut-2")
                ? Optional.of(new Faults.Fault(FaultKind.DROP, Duration.ZERO))
                : Optional.empty();
        assertThatThrownBy(() -> answer("BatchExecuteStatement", batch("cut-1", "cut-2")))
                .hasCauseInstanceOf(DroppedConnectionException.class);
        faults = Faults.NONE;

        assertThat(client.getItem(get -> get.tableName("events").key(item("cut-1")))
                        .hasItem())
                .isTrue();
    }

    @Test
    void insertedItemsAreJournaledEachWithItsKey() {
        service.handle(request("BatchExecuteStatement", batch("inserted-1", "inserted-2", "inserted-1")))
                .toCompletableFuture()
                .join();

        assertThat(JOURNAL.after(0, 1_000))
                .extracting(entry -> entry.event())
                .filteredOn(event -> event instanceof JournalEvent.Stored stored
                        && stored.key().startsWith("inserted"))
                .containsExactly(
                        new JournalEvent.Stored("request-1", "writer", "events", "inserted-1"),
                        new JournalEvent.Stored("request-1", "writer", "events", "inserted-2"));
    }

    private static byte[] batch(String... ids) {
        return Stream.of(ids)
                .map("""
                    {"Statement":"INSERT INTO \\"events\\" VALUE {'part':?,'it''s':?,'eventId':?}",
                     "Parameters":[{"N":"0"},{"S":"x"},{"S":"%s"}]}"""::formatted)
                .collect(Collectors.joining(",", "{\"Statements\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BatchExecuteStatement | {nope",
                "PutItem | {nope",
                "PutItem | ''",
                "PutItem | [1]",
                "PutItem | \"text\"",
                "PutItem | {\"TableName\":{"
            })
    void malformedRequestsAreSerializationErrors(String action, String body) {
        HttpResponse answer = answer(action, body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("SerializationException");
    }

    @Test
    void answersHaveTheChecksumThatSdksVerify() {
        HttpResponse answer = answer("ListTables", "{}".getBytes(StandardCharsets.UTF_8));

        CRC32 checksum = new CRC32();
        checksum.update(text(answer).getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().get("x-amz-crc32")).containsExactly(Long.toString(checksum.getValue()));
    }

    private static HttpResponse answer(String action, byte[] body) {
        return service.handle(request(action, body))
                .toCompletableFuture()
                .join()
                .fold(
                        tree -> {
                            throw new AssertionError("a tree instead of a finished response: " + tree);
                        },
                        response -> response);
    }

    private static String text(HttpResponse answer) {
        return new String(((HttpResponse.Bytes) answer.body()).content(), StandardCharsets.UTF_8);
    }

    private static ServiceRequest request(String action, byte[] body) {
        return new ServiceRequest(
                action,
                new ObjectMapper().createObjectNode(),
                "id",
                ServiceRequest.Wire.JSON_1_0,
                new HttpRequest("POST", "/", "", Map.of("x-amzn-trace-id", List.of("Root=known")), body, "127.0.0.1"));
    }

    private static Map<String, AttributeValue> item(String id) {
        return Map.of("eventId", AttributeValue.fromS(id), "part", AttributeValue.fromN("0"));
    }
}
