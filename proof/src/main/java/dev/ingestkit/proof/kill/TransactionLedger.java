package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Puts two items into a table of its own by one transaction each time. For one thread. */
final class TransactionLedger implements Ledger {

    private static final String TABLE = "kill-ledger";

    private final DynamoDbClient dynamoDb;
    private final Set<Integer> committed = new HashSet<>();
    private int number;

    TransactionLedger(DynamoDbClient dynamoDb) {
        this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb");
        dynamoDb.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    @Override
    public void step() {
        int own = number++;
        dynamoDb.transactWriteItems(
                request -> request.transactItems(put("left-" + own, own), put("right-" + own, own)));
        committed.add(own);
    }

    private static TransactWriteItem put(String id, int value) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE)
                        .item(Map.of(
                                "id",
                                AttributeValue.fromS(id),
                                "number",
                                AttributeValue.fromN(Integer.toString(value)))))
                .build();
    }

    @Override
    public void close(List<String> broken) {
        for (int own = 0; own < number; own++) {
            boolean left = exists("left-" + own);
            boolean right = exists("right-" + own);
            if (left != right) {
                broken.add("transaction %d is there by half".formatted(own));
            } else if (!left && committed.contains(own)) {
                broken.add("transaction %d was acknowledged and is missing".formatted(own));
            }
        }
    }

    private boolean exists(String id) {
        try {
            return dynamoDb.getItem(request ->
                            request.tableName(TABLE).consistentRead(true).key(Map.of("id", AttributeValue.fromS(id))))
                    .hasItem();
        } catch (SdkException injected) {
            return exists(id);
        }
    }

    @Override
    public String toString() {
        return "%d transactions".formatted(committed.size());
    }
}
