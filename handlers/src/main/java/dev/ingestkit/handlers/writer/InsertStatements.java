package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Item;
import dev.ingestkit.handlers.writer.WriteResult.Unexpected;
import dev.ingestkit.handlers.writer.WriteResult.Written;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Items as PartiQL's INSERT, which stores an item only if its key is free and reports the stored item otherwise.
 * Thread-safe.
 *
 * <p>Names are part of the statement's text, values are parameters. See
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html.
 */
final class InsertStatements {

    /** The limit of DynamoDB for the text of a statement. */
    private static final int MAX_STATEMENT = 8_192;

    private final String head;

    InsertStatements(String table) {
        this.head = "INSERT INTO \"" + table + "\" VALUE ";
    }

    /** Returns the statement for an item; empty if a name of the item could not be quoted or the text is too long. */
    Optional<BatchStatementRequest> insert(Item item) {
        Map<String, AttributeValue> values = SdkAttributes.of(item);
        StringBuilder text = new StringBuilder(head.length() + values.size() * 16).append(head);
        char before = '{';
        for (String name : values.keySet()) {
            if (!isPlain(name)) {
                return Optional.empty();
            }
            text.append(before).append('\'').append(name).append("':?");
            before = ',';
        }
        text.append('}');
        return text.length() > MAX_STATEMENT
                ? Optional.empty()
                : Optional.of(BatchStatementRequest.builder()
                        .statement(text.toString())
                        .parameters(new ArrayList<>(values.values()))
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build());
    }

    /** Returns whether a name needs no escape in a quoted text, whatever dialect reads it. */
    private static boolean isPlain(String name) {
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            if (c < ' ' || c > '~' || c == '\'' || c == '"' || c == '\\' || c == '`') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /**
     * Returns the result of one statement. An error other than a taken key may be due to the batch or pass by itself,
     * so the write is left to a call of its own.
     */
    static WriteResult result(BatchStatementResponse response) {
        BatchStatementError error = response.error();
        if (error == null) {
            return new Written();
        }
        return new Unexpected(error.hasItem() ? SdkAttributes.header(error.item()) : null);
    }
}
