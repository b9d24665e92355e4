package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.Encoding;
import dev.ingestkit.core.item.Encoding.Encoded;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.core.item.ItemOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Runs the writer against the conditions, transactions and limits of the kit's own table engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DynamoDbTableTest {

    private static final String TABLE = "events";
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private TableServer local;
    private DynamoDbClient client;
    private final MemoryQueue queue = new MemoryQueue();

    @BeforeAll
    void startTable() throws Exception {
        local = TableServer.start();
        client = DynamoDbClient.builder()
                .endpointOverride(local.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        EventsTable.create(client, TABLE);
    }

    @AfterAll
    void stopTable() throws Exception {
        if (local != null) {
            client.close();
            local.close();
        }
    }

    private Outcome.Kind store(String id, int sequence, String payload) {
        return store(ConflictPolicy.REPLACE, id, sequence, payload);
    }

    private Outcome.Kind store(ConflictPolicy policy, String id, int sequence, String payload) {
        RecordOrigin origin =
                new RecordOrigin("arn:s", "shard", Integer.toString(sequence), id, START.plusMillis(sequence));
        EventRecord record = new EventRecord(payload.getBytes(UTF_8), origin);
        Encoding encoding = new ItemEncoder(ItemOptions.DEFAULT).encode(record.payload(), origin);
        return new EventProcessor(new DynamoDbTable(client, TABLE), queue, policy, Clock.systemUTC())
                .process(record, encoding)
                .kind();
    }

    private int parts(String id) {
        return client.query(query -> query.tableName(TABLE)
                        .keyConditionExpression("eventId = :id")
                        .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(id)))
                        .consistentRead(true))
                .count();
    }

    @Test
    void onlyANewerEventChangesTheItem() {
        assertThat(store("order", 2, "{\"n\":2}")).isEqualTo(Outcome.Kind.STORED);
        assertThat(store("order", 2, "{\"n\":2}")).isEqualTo(Outcome.Kind.DUPLICATE);
        assertThat(store("order", 1, "{\"n\":1}")).isEqualTo(Outcome.Kind.SUPERSEDED);
        assertThat(store("order", 3, "{\"n\":3}")).isEqualTo(Outcome.Kind.STORED);
        assertThat(store(ConflictPolicy.KEEP, "order", 4, "{\"n\":4}")).isEqualTo(Outcome.Kind.KEPT);
        assertThat(store(ConflictPolicy.REJECT, "order", 5, "{\"n\":5}")).isEqualTo(Outcome.Kind.PARKED);
    }

    @Test
    void largeEventIsWrittenInPartsAndASmallOneRemovesThem() {
        assertThat(store("large", 1, "{\"x\":\"" + noise(1_040_000) + "\"}")).isEqualTo(Outcome.Kind.STORED);
        assertThat(parts("large")).isGreaterThan(2);
        assertThat(store("large", 1, "{\"x\":\"" + noise(1_040_000) + "\"}")).isEqualTo(Outcome.Kind.DUPLICATE);

        assertThat(store("large", 2, "{\"n\":2}")).isEqualTo(Outcome.Kind.STORED);
        assertThat(parts("large")).isEqualTo(1);

        assertThat(store("large", 3, "{\"x\":\"" + noise(900_000) + "\"}")).isEqualTo(Outcome.Kind.STORED);
    }

    @Test
    void itemOfAnotherProgramIsReplaced() {
        client.putItem(put -> put.tableName(TABLE)
                .item(Map.of("eventId", AttributeValue.fromS("foreign"), "part", AttributeValue.fromN("0"))));

        assertThat(store("foreign", 1, "{}")).isEqualTo(Outcome.Kind.STORED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1E-130",
                "-9.9E125",
                "12345678901234567890123456789012345678",
                "1.0",
                "0e5",
                "0.0000000000000000000000001"
            })
    void tableAcceptsEveryNumberThatTheCodecStoresAsAnAttribute(String number) {
        assertThat(store("number " + number, 1, "{\"n\":" + number + "}")).isEqualTo(Outcome.Kind.STORED);
    }

    @Test
    void tableAcceptsTheDeepestNestingAndLargestItemOfTheCodec() {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
        String deepestKept = "{\"part\":" + "[".repeat(29) + "]".repeat(29) + "}";

        assertThat(store("deep", 1, deepest)).isEqualTo(Outcome.Kind.STORED);
        assertThat(store("kept", 1, deepestKept)).isEqualTo(Outcome.Kind.STORED);
        for (int length = 408_900; length < 409_300; length += 20) {
            assertThat(store("size " + length, 1, "{\"a\":\"" + "x".repeat(length) + "\"}"))
                    .as("length %d", length)
                    .isEqualTo(Outcome.Kind.STORED);
        }
    }

    @Test
    void insertsStoreNewItemsAndReportStoredOnes() {
        DynamoDbTable table = new DynamoDbTable(client, TABLE);
        ConflictRules rules = new ConflictRules(ConflictPolicy.REPLACE, Clock.systemUTC());
        Encoded stored = encoded("taken", 1, "{\"n\":1}");
        assertThat(store("taken", 1, "{\"n\":1}")).isEqualTo(Outcome.Kind.STORED);

        List<WriteResult> results = table.insert(Stream.of(
                        encoded("new-1", 1, "{\"a b\":[1,null,true,{\"c\":\"\"}],\"d.e\":1.50,\"\":1}"),
                        encoded("new-2", 1, "{\"a b\":[1,null,true,{\"c\":\"\"}],\"d.e\":1.50}"),
                        encoded("taken", 2, "{\"n\":2}"),
                        encoded("new-3", 1, "{\"it's\":1}"))
                .map(rules::firstWrite)
                .toList());

        assertThat(results)
                .extracting(WriteResult::kind)
                .containsExactly(
                        WriteResult.Kind.WRITTEN,
                        WriteResult.Kind.WRITTEN,
                        WriteResult.Kind.UNEXPECTED,
                        WriteResult.Kind.UNEXPECTED);
        assertThat(((WriteResult.Unexpected) results.get(2)).current())
                .hasValueSatisfying(header -> assertThat(header.sha256()).isEqualTo(stored.sha256()));
        assertThat(((WriteResult.Unexpected) results.get(3)).current()).isEmpty();
        assertThat(parts("new-3")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":\"\",\"b\":[],\"c\":{},\"d\":null,\"e\":[{\"f\":[1E-130,\"\"]}]}",
                "{\"größe\":1,\"b\":2}",
                "{\"?\":1,\"--\":2,\"/*\":3,\"a;b\":4}",
                "{\"_ingest\":1,\"part\":2,\"eventId\":\"x\"}"
            })
    void insertedItemsAreThoseOfAPut(String payload) {
        RecordOrigin origin = new RecordOrigin("arn:s", "shard", "1", "same", START);
        Encoded event = (Encoded) new ItemEncoder(ItemOptions.DEFAULT).encode(payload.getBytes(UTF_8), origin);
        DynamoDbTable table = new DynamoDbTable(client, TABLE);
        TableWrite write = new ConflictRules(ConflictPolicy.REPLACE, Clock.systemUTC()).firstWrite(event);
        Map<String, AttributeValue> key =
                Map.of("eventId", AttributeValue.fromS(event.id().value()), "part", AttributeValue.fromN("0"));
        client.deleteItem(delete -> delete.tableName(TABLE).key(key));

        if (table.insert(List.of(write)).get(0).kind() == WriteResult.Kind.UNEXPECTED) {
            assertThat(payload).as("inserted").contains("ö");
        } else {
            Map<String, AttributeValue> inserted = item(key);
            client.deleteItem(delete -> delete.tableName(TABLE).key(key));
            assertThat(table.write(write).kind()).isEqualTo(WriteResult.Kind.WRITTEN);
            assertThat(inserted).isEqualTo(item(key));
        }
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return client.getItem(get -> get.tableName(TABLE).key(key).consistentRead(true))
                .item();
    }

    private static Encoded encoded(String id, int sequence, String payload) {
        RecordOrigin origin =
                new RecordOrigin("arn:s", "shard", Integer.toString(sequence), id, START.plusMillis(sequence));
        return (Encoded) new ItemEncoder(ItemOptions.DEFAULT).encode(payload.getBytes(UTF_8), origin);
    }

    @Test
    void insertIntoAMissingTableLeavesTheDecisionToTheWrite() {
        DynamoDbTable missing = new DynamoDbTable(client, "missing");
        TableWrite write =
                new ConflictRules(ConflictPolicy.REPLACE, Clock.systemUTC()).firstWrite(encoded("id", 1, "{}"));

        assertThat(missing.insert(List.of(write, write)))
                .extracting(WriteResult::kind)
                .containsOnly(WriteResult.Kind.UNEXPECTED);
    }

    @Test
    void missingTableIsATransientFailureThatParksNoEvent() {
        DynamoDbTable missing = new DynamoDbTable(client, "missing");
        RecordOrigin origin = new RecordOrigin("arn:s", "shard", "1", "id", START);
        EventRecord record = new EventRecord("{}".getBytes(UTF_8), origin);

        Outcome outcome = new EventProcessor(missing, queue, ConflictPolicy.REPLACE, Clock.systemUTC())
                .process(record, new ItemEncoder(ItemOptions.DEFAULT).encode(record.payload(), origin));

        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.STOPPED);
    }

    private static String noise(int length) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) random.nextInt('#', '['));
        }
        return text.toString();
    }
}
