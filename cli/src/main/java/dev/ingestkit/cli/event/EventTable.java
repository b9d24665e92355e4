package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.target.AwsClients;
import dev.ingestkit.core.item.Item;
import dev.ingestkit.core.item.ItemDecoder;
import dev.ingestkit.core.item.ItemFormatException;
import dev.ingestkit.core.item.ItemLayout;
import dev.ingestkit.core.item.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Reads events from the table. Thread-safe. */
public final class EventTable {

    private static final int READS_OF_A_TORN_EVENT = 5;

    private final DynamoDbClient dynamoDb;
    private final String table;

    public EventTable(AwsClients clients, String table) {
        this.dynamoDb = requireNonNull(clients, "clients").dynamoDb();
        this.table = requireNonNull(table, "table");
    }

    /**
     * Reads one event, all parts of it, strongly consistent.
     *
     * @throws CliException when the table cannot be read or holds something else under the id
     */
    public Optional<StoredEvent> find(String eventId) {
        for (int read = 1; ; read++) {
            List<Item> items = query(eventId);
            if (items.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(ItemDecoder.decode(items));
            } catch (ItemFormatException broken) {
                if (broken.kind() != ItemFormatException.Kind.TORN || read == READS_OF_A_TORN_EVENT) {
                    throw unreadable(eventId, broken);
                }
            }
        }
    }

    private List<Item> query(String eventId) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#id = :id")
                .expressionAttributeNames(Map.of("#id", ItemLayout.EVENT_ID))
                .expressionAttributeValues(Map.of(":id", AttributeValue.fromS(eventId)))
                .build();
        try {
            List<Item> items = new ArrayList<>();
            dynamoDb.queryPaginator(request).items().forEach(item -> items.add(Items.of(item)));
            return items;
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /**
     * Reads the first parts of all events, page by page, in the table's own order, which is none.
     *
     * @param visitor answers false when it has seen enough
     */
    public void scanFirstParts(Predicate<Item> visitor) {
        Map<String, AttributeValue> from = Map.of();
        do {
            ScanResponse page = scan(from);
            for (Map<String, AttributeValue> item : page.items()) {
                if (!visitor.test(Items.of(item))) {
                    return;
                }
            }
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
    }

    private ScanResponse scan(Map<String, AttributeValue> from) {
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .filterExpression("#part = :first")
                .expressionAttributeNames(Map.of("#part", ItemLayout.PART))
                .expressionAttributeValues(Map.of(":first", AttributeValue.fromN("0")));
        if (!from.isEmpty()) {
            request.exclusiveStartKey(from);
        }
        try {
            return dynamoDb.scan(request.build());
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    private CliException unreachable(SdkException refused) {
        return new CliException("TABLE_UNREADABLE", ExitCode.ENVIRONMENT, "cannot read the table " + table)
                .because(String.valueOf(refused.getMessage()), refused)
                .hint("is it there, and may your credentials read it? ingest-cli doctor");
    }

    private CliException unreadable(String eventId, ItemFormatException broken) {
        return new CliException(
                        "ITEM_MALFORMED",
                        ExitCode.FAILED,
                        "what lies in %s under '%s' is no event".formatted(table, eventId))
                .because(String.valueOf(broken.getMessage()), broken)
                .hint("something other than the writer put it there, or a part of it is missing");
    }
}
