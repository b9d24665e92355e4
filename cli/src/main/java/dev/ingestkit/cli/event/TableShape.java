package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.core.item.ItemLayout;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The key schema of a table. Immutable.
 *
 * @param partitionKey the attribute of the partition key
 * @param partitionType its type: {@code S}, {@code N} or {@code B}
 * @param sortKey the attribute of the sort key, if there is one
 */
public record TableShape(String table, String partitionKey, String partitionType, Optional<String> sortKey) {

    public TableShape {
        requireNonNull(table, "table");
        requireNonNull(partitionKey, "partitionKey");
        requireNonNull(partitionType, "partitionType");
        requireNonNull(sortKey, "sortKey");
    }

    /** Reads the key schema of a table. */
    public static TableShape of(AwsClients clients, String table) {
        TableDescription found;
        try {
            found = clients.dynamoDb()
                    .describeTable(request -> request.tableName(table))
                    .table();
        } catch (SdkException refused) {
            throw SdkFailures.of("TABLE", "the table '" + table + "'", refused);
        }
        String key = key(found, KeyType.HASH).orElse("");
        String type = found.attributeDefinitions().stream()
                .filter(attribute -> attribute.attributeName().equals(key))
                .map(attribute -> attribute.attributeTypeAsString())
                .findFirst()
                .orElse("S");
        return new TableShape(table, key, type, key(found, KeyType.RANGE));
    }

    private static Optional<String> key(TableDescription table, KeyType type) {
        return table.keySchema().stream()
                .filter(element -> element.keyType() == type)
                .map(KeySchemaElement::attributeName)
                .findFirst();
    }

    /** Returns whether the table has the keys of the kit's own layout, so that its items are events in parts. */
    public boolean holdsEvents() {
        return partitionKey.equals(ItemLayout.EVENT_ID)
                && sortKey.filter(ItemLayout.PART::equals).isPresent();
    }
}
