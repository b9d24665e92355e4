package dev.ingestkit.local.table.api;

import dev.ingestkit.local.table.TableEngine;
import dev.ingestkit.local.table.engine.TableListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An engine in memory with a frozen clock, asked by JSON texts. */
final class TestApi {
    private static final String STREAM_ACTIONS = "ListStreams DescribeStream GetShardIterator GetRecords";
    static final Instant START = Instant.parse("2026-03-01T10:00:00.250Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicInteger ids = new AtomicInteger();
    private final TableEngine engine;

    TestApi() {
        InstantSource clock = now::get;
        engine = TableEngine.inMemory(new TableEngine.Settings(
                "eu-west-1",
                "000000000000",
                clock,
                () -> "00000000-0000-0000-0000-%012d".formatted(ids.incrementAndGet()),
                TableListener.NONE));
    }

    /** Creates the tables that the cases name. */
    TestApi withTables() {
        accepted("CreateTable", """
            {"TableName": "hash", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}\
            """);
        accepted("CreateTable", """
            {"TableName": "range", "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 6},
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
             "AttributeDefinitions": [
               {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
               {"AttributeName": "a", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
             "LocalSecondaryIndexes": [{"IndexName": "lsi", "Projection": {"ProjectionType": "KEYS_ONLY"},
               "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "a", "KeyType": "RANGE"}]}],
             "GlobalSecondaryIndexes": [{"IndexName": "gsi", "Projection": {"ProjectionType": "INCLUDE",
               "NonKeyAttributes": ["i"]},
               "ProvisionedThroughput": {"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
               "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}]}\
            """);
        return this;
    }

    void passes(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    TableEngine.Answer ask(String action, String request) {
        String service = STREAM_ACTIONS.contains(action) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.";
        return engine.execute(service + action, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the answer's body; fails where the request is refused. */
    String accepted(String action, String request) {
        TableEngine.Answer answer = ask(action, request);
        String body = text(answer);
        if (answer.status() != 200) {
            throw new AssertionError(action + " was refused: " + body);
        }
        return body;
    }

    static String text(TableEngine.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    int sweep() {
        return engine.sweep();
    }
}
