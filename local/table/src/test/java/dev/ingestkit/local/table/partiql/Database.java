package dev.ingestkit.local.table.partiql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.table.TableEngine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An engine with two tables: {@code hash} with the key pk, and {@code range} with the keys pk and sk (a number), a
 * local index {@code lsi} by a of keys only, and a global index {@code gsi} by g that includes i.
 */
final class Database {
    private final TableEngine engine = TableEngine.inMemory(TableEngine.Settings.of("eu-west-1", "000000000000"));

    Database() {
        accepted("CreateTable", """
            {"TableName": "hash", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}]}\
            """);
        accepted("CreateTable", """
            {"TableName": "range", "BillingMode": "PAY_PER_REQUEST",
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
             "AttributeDefinitions": [
               {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"},
               {"AttributeName": "a", "AttributeType": "S"}, {"AttributeName": "g", "AttributeType": "S"}],
             "LocalSecondaryIndexes": [{"IndexName": "lsi", "Projection": {"ProjectionType": "KEYS_ONLY"},
               "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "a", "KeyType": "RANGE"}]}],
             "GlobalSecondaryIndexes": [{"IndexName": "gsi", "Projection": {"ProjectionType": "INCLUDE",
               "NonKeyAttributes": ["i"]}, "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}]}]}\
            """);
    }

    private TableEngine.Answer ask(String action, String request) {
        return engine.execute("DynamoDB_20120810." + action, request.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the answer's body; fails where the request is refused. */
    String accepted(String action, String request) {
        TableEngine.Answer answer = ask(action, request);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(body).isEqualTo(200);
        return body;
    }

    /** Returns the error's body; fails where the request is accepted. */
    String refused(String action, String request) {
        TableEngine.Answer answer = ask(action, request);
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.status()).as(body).isEqualTo(400);
        return body;
    }

    /** Executes a statement; returns the answer with single quotes. */
    String run(String statement) {
        return quoted(accepted("ExecuteStatement", request(statement)));
    }

    String refused(String statement) {
        return quoted(refused("ExecuteStatement", request(statement)));
    }

    String transaction(String... statements) {
        return quoted(accepted("ExecuteTransaction", "{\"TransactStatements\": " + list(statements) + "}"));
    }

    String refusedTransaction(String... statements) {
        return quoted(refused("ExecuteTransaction", "{\"TransactStatements\": " + list(statements) + "}"));
    }

    String batch(String... statements) {
        return quoted(accepted("BatchExecuteStatement", "{\"Statements\": " + list(statements) + "}"));
    }

    private static String list(String... statements) {
        return Arrays.stream(statements).map(Database::request).collect(Collectors.joining(",", "[", "]"));
    }

    static String request(String statement) {
        return "{\"Statement\": \""
                + statement.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"}";
    }

    private static String quoted(String json) {
        return json.replace('"', '\'');
    }
}
