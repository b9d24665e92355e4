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
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
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
        Set<String> stored = stored();
        for (int own = 0; own < number; own++) {
            boolean left = stored.contains("left-" + own);
            boolean right = stored.contains("right-" + own);
            if (left != right) {
                broken.add("transaction %d is there by half".formatted(own));
            } else if (!left && committed.contains(own)) {
                broken.add("transaction %d was acknowledged and is missing".formatted(own));
            }
        }
    }

    /** Reads page by page rather than item by item: a call that an injected fault leaves unanswered takes long. */
    private Set<String> stored() {
        Set<String> ids = new HashSet<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            ScanResponse page = page(from);
            page.items().forEach(item -> ids.add(requireNonNull(item.get("id")).s()));
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return ids;
    }

    private ScanResponse page(Map<String, AttributeValue> from) {
        ScanRequest.Builder request = ScanRequest.builder().tableName(TABLE).consistentRead(true);
        if (!from.isEmpty()) {
            request.exclusiveStartKey(from);
        }
        try {
            return dynamoDb.scan(request.build());
        } catch (SdkException injected) {
            return page(from);
        }
    }

    @Override
    public String toString() {
        return "%d transactions".formatted(committed.size());
    }
}
