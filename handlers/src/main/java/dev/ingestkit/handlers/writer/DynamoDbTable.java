package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.handlers.writer.Expectation.AbsentOrOlder;
import dev.ingestkit.handlers.writer.Expectation.Exactly;
import dev.ingestkit.handlers.writer.WriteResult.Failed;
import dev.ingestkit.handlers.writer.WriteResult.Refused;
import dev.ingestkit.handlers.writer.WriteResult.Unexpected;
import dev.ingestkit.handlers.writer.WriteResult.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The table in DynamoDB: one item by a put, several of one event by a transaction, those of several new events by a
 * batch of PartiQL statements. Thread-safe.
 */
final class DynamoDbTable implements EventTable {

    /**
     * Errors that the item causes. Any other refusal, such as for a missing permission or table, is the stack's fault:
     * parking events for it would empty the whole stream into the queue.
     */
    private static final Set<String> ITEM_REFUSED = Set.of(
            "ValidationException",
            "ValidationError",
            "ItemCollectionSizeLimitExceededException",
            "ItemCollectionSizeLimitExceeded");

    private static final String CONDITION_FAILED = "ConditionalCheckFailed";

    private final DynamoDbClient client;
    private final String table;
    private final InsertStatements statements;

    DynamoDbTable(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        this.statements = new InsertStatements(table);
    }

    @Override
    public List<WriteResult> insert(List<TableWrite> writes) {
        List<Optional<BatchStatementRequest>> requests = writes.stream()
                .map(write -> statements.insert(write.parts().get(0)))
                .toList();
        List<BatchStatementRequest> sent =
                requests.stream().flatMap(Optional::stream).toList();
        Iterator<WriteResult> results = execute(sent).iterator();
        return requests.stream()
                .map(request -> request.isPresent() ? results.next() : new Unexpected(null))
                .toList();
    }

    private List<WriteResult> execute(List<BatchStatementRequest> sent) {
        if (sent.isEmpty()) {
            return List.of();
        }
        try {
            List<BatchStatementResponse> responses = client.batchExecuteStatement(batch -> batch.statements(sent))
                    .responses();
            if (responses.size() != sent.size()) {
                return Collections.nCopies(sent.size(), new Unexpected(null));
            }
            return responses.stream().map(InsertStatements::result).toList();
        } catch (AwsServiceException e) {
            // A rejected request, such as for a missing permission, says nothing about its items.
            boolean transientFailure = e.statusCode() >= 500 || e.isThrottlingException();
            return Collections.nCopies(
                    sent.size(), transientFailure ? new Failed(String.valueOf(e.getMessage())) : new Unexpected(null));
        } catch (SdkException e) {
            return Collections.nCopies(sent.size(), new Failed(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public WriteResult write(TableWrite write) {
        try {
            if (write.parts().size() == 1 && write.storedParts() <= 1) {
                put(write);
            } else {
                transact(write);
            }
            return new Written();
        } catch (ConditionalCheckFailedException e) {
            return new Unexpected(e.hasItem() ? SdkAttributes.header(e.item()) : null);
        } catch (TransactionCanceledException e) {
            return canceled(e);
        } catch (AwsServiceException e) {
            return refusal(
                    e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode(), String.valueOf(e.getMessage()));
        } catch (SdkException e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
    }

    private void put(TableWrite write) {
        Condition condition = Condition.of(write.expectation());
        client.putItem(request -> request.tableName(table)
                .item(SdkAttributes.of(write.parts().get(0)))
                .conditionExpression(condition.expression())
                .expressionAttributeNames(condition.names())
                .expressionAttributeValues(condition.values().isEmpty() ? null : condition.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
    }

    private void transact(TableWrite write) {
        List<TransactWriteItem> actions = new ArrayList<>();
        actions.add(first(write));
        for (Item part : write.parts().subList(1, write.parts().size())) {
            actions.add(TransactWriteItem.builder()
                    .put(put -> put.tableName(table).item(SdkAttributes.of(part)))
                    .build());
        }
        for (int part = write.parts().size(); part < write.storedParts(); part++) {
            actions.add(deletion(write.eventId(), part));
        }
        client.transactWriteItems(request -> request.transactItems(actions));
    }

    private TransactWriteItem first(TableWrite write) {
        Condition condition = Condition.of(write.expectation());
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(SdkAttributes.of(write.parts().get(0)))
                        .conditionExpression(condition.expression())
                        .expressionAttributeNames(condition.names())
                        .expressionAttributeValues(condition.values().isEmpty() ? null : condition.values())
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
                .build();
    }

    private TransactWriteItem deletion(String eventId, int part) {
        Map<String, AttributeValue> key = Map.of(
                ItemLayout.EVENT_ID, AttributeValue.fromS(eventId),
                ItemLayout.PART, AttributeValue.fromN(Integer.toString(part)));
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table).key(key))
                .build();
    }

    private static WriteResult canceled(TransactionCanceledException e) {
        for (CancellationReason reason : e.cancellationReasons()) {
            if (CONDITION_FAILED.equals(reason.code())) {
                return new Unexpected(reason.hasItem() ? SdkAttributes.header(reason.item()) : null);
            }
        }
        for (CancellationReason reason : e.cancellationReasons()) {
            if (reason.code() != null && !reason.code().equals("None")) {
                return refusal(reason.code(), reason.code() + ": " + reason.message());
            }
        }
        return new Failed(String.valueOf(e.getMessage()));
    }

    private static WriteResult refusal(String code, String message) {
        return ITEM_REFUSED.contains(code) ? new Refused(message) : new Failed(message);
    }

    /** An expectation as a DynamoDB condition. */
    private record Condition(String expression, Map<String, String> names, Map<String, AttributeValue> values) {

        private static final String ID = "#id";

        static Condition of(Expectation expectation) {
            return switch (expectation.kind()) {
                case ABSENT -> new Condition("attribute_not_exists(#id)", Map.of(ID, ItemLayout.EVENT_ID), Map.of());
                case ABSENT_OR_OLDER -> older((AbsentOrOlder) expectation);
                case EXACTLY ->
                    new Condition(
                            "#ingest.#version = :version",
                            Map.of("#ingest", ItemLayout.INGEST, "#version", ItemLayout.VERSION),
                            Map.of(":version", AttributeValue.fromS(((Exactly) expectation).version())));
                case FOREIGN ->
                    new Condition(
                            "attribute_exists(#id) AND attribute_not_exists(#ingest.#version)",
                            Map.of(
                                    ID,
                                    ItemLayout.EVENT_ID,
                                    "#ingest",
                                    ItemLayout.INGEST,
                                    "#version",
                                    ItemLayout.VERSION),
                            Map.of());
            };
        }

        private static Condition older(AbsentOrOlder expected) {
            return new Condition(
                    "attribute_not_exists(#id) OR (#ingest.#version < :version AND #ingest.#parts <= :parts)",
                    Map.of(
                            ID,
                            ItemLayout.EVENT_ID,
                            "#ingest",
                            ItemLayout.INGEST,
                            "#version",
                            ItemLayout.VERSION,
                            "#parts",
                            ItemLayout.PARTS),
                    Map.of(
                            ":version", AttributeValue.fromS(expected.version()),
                            ":parts", AttributeValue.fromN(Integer.toString(expected.parts()))));
        }
    }
}
