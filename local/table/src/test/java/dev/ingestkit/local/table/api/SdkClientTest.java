package dev.ingestkit.local.table.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ingestkit.local.table.TableEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DuplicateItemException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The engine as the AWS SDK's clients see it: answers become their types, errors their exceptions. */
@SuppressWarnings("unchecked") // builders that take several consumers make arrays of a generic type
class SdkClientTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

    private ApiServer server;
    private DynamoDbClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer(TableEngine.inMemory(TableEngine.Settings.of("eu-west-1", "000000000000")));
        client = DynamoDbClient.builder()
                .endpointOverride(server.uri())
                .region(Region.EU_WEST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build();
        client.createTable(table -> table.tableName("events")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute -> attribute.attributeName("pk").attributeType(ScalarAttributeType.S),
                        attribute -> attribute.attributeName("sk").attributeType(ScalarAttributeType.N))
                .keySchema(
                        key -> key.attributeName("pk").keyType(KeyType.HASH),
                        key -> key.attributeName("sk").keyType(KeyType.RANGE))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)));
        client.waiter().waitUntilTableExists(table -> table.tableName("events"));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static Map<String, AttributeValue> key(String partition, int sort) {
        return Map.of("pk", text(partition), "sk", AttributeValue.fromN(String.valueOf(sort)));
    }

    private void put(String partition, int sort) {
        client.putItem(put -> put.tableName("events").item(key(partition, sort)));
    }

    private TableDescription described() {
        return client.describeTable(table -> table.tableName("events")).table();
    }

    @Test
    void everyTypeOfValueComesBack() {
        Map<String, AttributeValue> item = Map.of(
                "pk", text("a"),
                "sk", AttributeValue.fromN("-1.5"),
                "binary", AttributeValue.fromB(SdkBytes.fromUtf8String("bytes")),
                "flag", AttributeValue.fromBool(false),
                "nothing", AttributeValue.fromNul(true),
                "list", AttributeValue.fromL(List.of(text("é"), AttributeValue.fromN("2"))),
                "map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromM(Map.of()))),
                "strings", AttributeValue.fromSs(List.of("x", "y")),
                "numbers", AttributeValue.fromNs(List.of("1", "2")),
                "binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("b"))));
        client.putItem(put -> put.tableName("events").item(item));
        Map<String, AttributeValue> key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
        assertEquals(
                item, client.getItem(get -> get.tableName("events").key(key)).item());
    }

    @Test
    void aTableIsDescribedByTheClientsTypes() {
        TableDescription table = described();
        assertEquals(TableStatus.ACTIVE, table.tableStatus());
        assertEquals(BillingMode.PAY_PER_REQUEST, table.billingModeSummary().billingMode());
        assertEquals("arn:aws:dynamodb:eu-west-1:000000000000:table/events", table.tableArn());
        client.deleteTable(delete -> delete.tableName("events"));
        client.waiter().waitUntilTableNotExists(gone -> gone.tableName("events"));
        assertThrows(ResourceNotFoundException.class, this::described);
    }

    @Test
    void pagesAreFollowed() {
        for (int i = 0; i < 7; i++) {
            put("a", i);
        }
        List<String> found = new ArrayList<>();
        client.queryPaginator(query -> query.tableName("events")
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", text("a")))
                        .scanIndexForward(false)
                        .limit(3))
                .items()
                .forEach(
                        item -> found.add(Objects.requireNonNull(item.get("sk")).n()));
        assertEquals(List.of("6", "5", "4", "3", "2", "1", "0"), found);
    }

    @Test
    void errorsBecomeTheirExceptions() {
        put("a", 1);
        ConditionalCheckFailedException failed = assertThrows(
                ConditionalCheckFailedException.class,
                () -> client.putItem(put -> put.tableName("events")
                        .item(key("a", 1))
                        .conditionExpression("attribute_not_exists(pk)")
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        assertEquals(key("a", 1), failed.item());
        DynamoDbException invalid = assertThrows(
                DynamoDbException.class,
                () -> client.getItem(get -> get.tableName("events").key(Map.of())));
        assertEquals("ValidationException", invalid.awsErrorDetails().errorCode());
        assertEquals(
                "The provided key element does not match the schema",
                invalid.awsErrorDetails().errorMessage());
        assertThrows(
                DuplicateItemException.class,
                () -> client.executeStatement(
                        statement -> statement.statement("INSERT INTO events VALUE {'pk': 'a', 'sk': 1}")));
        DynamoDbException refused = assertThrows(
                DynamoDbException.class,
                () -> client.createBackup(backup -> backup.tableName("events").backupName("abc")));
        assertEquals("UnknownOperationException", refused.awsErrorDetails().errorCode());
    }

    @Test
    void aCanceledTransactionCarriesItsReasons() {
        TransactionCanceledException canceled = assertThrows(
                TransactionCanceledException.class,
                () -> client.transactWriteItems(transaction -> transaction.transactItems(
                        item -> item.put(put -> put.tableName("events").item(key("a", 1))),
                        item -> item.conditionCheck(check -> check.tableName("events")
                                .key(key("b", 1))
                                .conditionExpression("attribute_exists(pk)")))));
        assertEquals(
                List.of("None", "ConditionalCheckFailed"),
                canceled.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .toList());
    }

    @Test
    void anUpdateReturnsItsAttributes() {
        assertEquals(
                Map.of("count", AttributeValue.fromN("1")),
                client.updateItem(update -> update.tableName("events")
                                .key(key("a", 1))
                                .updateExpression("ADD #count :one")
                                .expressionAttributeNames(Map.of("#count", "count"))
                                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                                .returnValues(ReturnValue.UPDATED_NEW))
                        .attributes());
    }

    @Test
    void aStreamIsReadByItsOwnClient() {
        put("a", 1);
        client.deleteItem(delete -> delete.tableName("events").key(key("a", 1)));
        String arn = described().latestStreamArn();
        try (DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                .endpointOverride(server.uri())
                .region(Region.EU_WEST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            String shard = streams.describeStream(stream -> stream.streamArn(arn))
                    .streamDescription()
                    .shards()
                    .get(0)
                    .shardId();
            String iterator = streams.getShardIterator(start ->
                            start.streamArn(arn).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            List<Record> records =
                    streams.getRecords(get -> get.shardIterator(iterator)).records();
            assertEquals(
                    List.of("INSERT", "REMOVE"),
                    records.stream().map(Record::eventNameAsString).toList());
            assertEquals(key("a", 1), records.get(1).dynamodb().oldImage());
        }
    }
}
