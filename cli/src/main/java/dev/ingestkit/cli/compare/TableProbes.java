package dev.ingestkit.cli.compare;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Probes of DynamoDB on a table with one key. */
final class TableProbes {

    private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("a"));

    private TableProbes() {}

    /** Returns the probes in the order in which they run: later ones change the item that an earlier one has put. */
    static List<Probe> all() {
        return Stream.of(ofCreation(), ofPuts(), ofUpdates(), ofReads())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Probe> ofCreation() {
        return List.of(
                probe("create a table", TableProbes::create),
                probe(
                        "describe it",
                        own -> Members.line(dynamo(own)
                                .describeTable(request -> request.tableName(own.name()))
                                .table())));
    }

    private static List<Probe> ofPuts() {
        return List.of(
                probe("put an item and read its number", TableProbes::number),
                probe(
                        "put an item that exists, on condition that it does not",
                        own -> Members.line(dynamo(own)
                                .putItem(request -> request.tableName(own.name())
                                        .item(KEY)
                                        .conditionExpression("attribute_not_exists(id)")))),
                probe(
                        "put an item without its key",
                        own -> Members.line(dynamo(own)
                                .putItem(request -> request.tableName(own.name())
                                        .item(Map.of("other", AttributeValue.fromS("b")))))),
                probe(
                        "put an item with an empty key",
                        own -> Members.line(dynamo(own)
                                .putItem(request ->
                                        request.tableName(own.name()).item(Map.of("id", AttributeValue.fromS("")))))),
                probe(
                        "put a number of 39 digits",
                        own -> Members.line(dynamo(own)
                                .putItem(request -> request.tableName(own.name())
                                        .item(Map.of(
                                                "id",
                                                AttributeValue.fromS("n"),
                                                "n",
                                                AttributeValue.fromN("123456789012345678901234567890123456789")))))));
    }

    private static List<Probe> ofUpdates() {
        return List.of(probe(
                "add to a number",
                own -> n(dynamo(own)
                        .updateItem(request -> request.tableName(own.name())
                                .key(KEY)
                                .updateExpression("ADD n :one")
                                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                                .returnValues(ReturnValue.UPDATED_NEW))
                        .attributes())));
    }

    private static List<Probe> ofReads() {
        return List.of(
                probe(
                        "query with an invalid condition",
                        own -> Members.line(dynamo(own)
                                .query(request -> request.tableName(own.name()).keyConditionExpression("id =")))),
                probe(
                        "read a table that does not exist",
                        own -> Members.line(dynamo(own)
                                .getItem(request ->
                                        request.tableName(own.name() + "-none").key(KEY)))));
    }

    private static Probe probe(String name, Function<OwnResources, String> call) {
        return new Probe("dynamodb", name, call);
    }

    private static DynamoDbClient dynamo(OwnResources own) {
        return own.clients().dynamoDb();
    }

    private static String create(OwnResources own) {
        DynamoDbClient dynamo = dynamo(own);
        own.deleteLater("table " + own.name(), () -> dynamo.deleteTable(request -> request.tableName(own.name())));
        dynamo.createTable(request -> request.tableName(own.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(List.of(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()))
                .attributeDefinitions(List.of(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())));
        try (var waiter = dynamo.waiter()) {
            waiter.waitUntilTableExists(
                    request -> request.tableName(own.name()),
                    wait -> wait.backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(500)))
                            .maxAttempts(240));
        }
        return "created";
    }

    private static String number(OwnResources own) {
        dynamo(own)
                .putItem(request -> request.tableName(own.name())
                        .item(Map.of("id", AttributeValue.fromS("a"), "n", AttributeValue.fromN("001.50e1"))));
        return n(dynamo(own)
                .getItem(request -> request.tableName(own.name()).key(KEY).consistentRead(true))
                .item());
    }

    private static String n(Map<String, AttributeValue> item) {
        AttributeValue value = item.get("n");
        return value == null ? "no number" : String.valueOf(value.n());
    }
}
