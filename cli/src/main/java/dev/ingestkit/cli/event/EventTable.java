package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
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
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Reads events from the table. Thread-safe. */
public final class EventTable {

    private static final int READS_OF_A_TORN_EVENT = 5;

    private final DynamoDbClient dynamoDb;
    private final String table;

    /** Creates a view of the table with the given name. */
    public EventTable(AwsClients clients, String table) {
        this.dynamoDb = requireNonNull(clients, "clients").dynamoDb();
        this.table = requireNonNull(table, "table");
    }

    /**
     * Reads all parts of one event, strongly consistently.
     *
     * @throws CliException when the table cannot be read or holds another item under the id
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
     * Reads the first parts of all events, strongly consistently and in no particular order.
     *
     * @param visitor returns false to stop; called by the calling thread
     */
    public void scanFirstParts(Predicate<Item> visitor) {
        scanFirstParts(TableScan.Plan.CONSISTENT, visitor);
    }

    /**
     * Reads the first parts of all events, without payloads and in no particular order.
     *
     * @param visitor returns false to stop; called by the calling thread
     * @return the number of items read and paid for, including those that no visitor saw
     */
    public long scanFirstParts(TableScan.Plan plan, Predicate<Item> visitor) {
        try {
            return new TableScan(dynamoDb, table, plan).run(visitor);
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /** Returns the size of the table, as DynamoDB counted it within the last six hours. */
    public Size size() {
        try {
            TableDescription description =
                    dynamoDb.describeTable(request -> request.tableName(table)).table();
            return new Size(description.itemCount(), description.tableSizeBytes());
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /** The size of a table. */
    public record Size(long items, long bytes) {}

    private CliException unreachable(SdkException refused) {
        return SdkFailures.of("TABLE", "the table '" + table + "'", refused);
    }

    private CliException unreadable(String eventId, ItemFormatException broken) {
        return new CliException(
                        "ITEM_MALFORMED",
                        ExitCode.FAILED,
                        "the item in table '%s' with id '%s' is not an event".formatted(table, eventId))
                .because(String.valueOf(broken.getMessage()), broken)
                .hint("another program wrote the item, or one of its parts is missing");
    }
}
