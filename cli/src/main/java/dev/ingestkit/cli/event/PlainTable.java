package dev.ingestkit.cli.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Reads a table of any key schema. An item becomes a JSON object: numbers keep their digits, binary values are base64,
 * sets are arrays. Thread-safe.
 */
public final class PlainTable {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int PAGE = 500;

    private final DynamoDbClient dynamoDb;
    private final TableShape shape;

    /** Creates a view of a table. */
    public PlainTable(AwsClients clients, TableShape shape) {
        this.dynamoDb = requireNonNull(clients, "clients").dynamoDb();
        this.shape = requireNonNull(shape, "shape");
    }

    /**
     * Reads the items of a partition key, strongly consistently.
     *
     * @param key the key as text; base64 for a binary key
     */
    public List<JsonNode> find(String key) {
        QueryRequest request = QueryRequest.builder()
                .tableName(shape.table())
                .consistentRead(true)
                .keyConditionExpression("#key = :key")
                .expressionAttributeNames(Map.of("#key", shape.partitionKey()))
                .expressionAttributeValues(Map.of(":key", value(key)))
                .build();
        try {
            List<JsonNode> items = new ArrayList<>();
            dynamoDb.queryPaginator(request).items().forEach(item -> items.add(json(item)));
            return items;
        } catch (SdkException refused) {
            throw unreadable(refused);
        }
    }

    /** Returns whether a text can be a partition key of this table: a number, base64 or any text. */
    public boolean isKey(String key) {
        try {
            return switch (shape.partitionType()) {
                case "N" -> new BigDecimal(key).precision() > 0;
                case "B" -> Base64.getDecoder().decode(key).length > 0;
                default -> !key.isEmpty();
            };
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private AttributeValue value(String key) {
        if (!isKey(key)) {
            throw new CliException(
                    "KEY_INVALID",
                    ExitCode.USAGE,
                    "'%s' is not a valid key of table '%s', whose partition key %s has the type %s"
                            .formatted(key, shape.table(), shape.partitionKey(), shape.partitionType()));
        }
        return switch (shape.partitionType()) {
            case "N" -> AttributeValue.fromN(key);
            case "B" ->
                AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(key)));
            default -> AttributeValue.fromS(key);
        };
    }

    /**
     * Reads items in the table's order.
     *
     * @param limit the maximum of items; 0 for all
     * @return whether there are more
     */
    public boolean visit(long limit, Consumer<JsonNode> visitor) {
        long left = limit == 0 ? Long.MAX_VALUE : limit;
        Map<String, AttributeValue> from = Map.of();
        try {
            do {
                ScanRequest.Builder request =
                        ScanRequest.builder().tableName(shape.table()).limit((int) Math.min(PAGE, left));
                ScanResponse page = dynamoDb.scan(
                        from.isEmpty()
                                ? request.build()
                                : request.exclusiveStartKey(from).build());
                page.items().forEach(item -> visitor.accept(json(item)));
                left -= page.items().size();
                from = page.lastEvaluatedKey();
            } while (!from.isEmpty() && left > 0);
            return !from.isEmpty();
        } catch (SdkException refused) {
            throw unreadable(refused);
        }
    }

    private CliException unreadable(SdkException refused) {
        return SdkFailures.of("TABLE", "the table '" + shape.table() + "'", refused);
    }

    /** Returns an item with its keys first. */
    private JsonNode json(Map<String, AttributeValue> item) {
        ObjectNode json = NODES.objectNode();
        put(json, shape.partitionKey(), item);
        shape.sortKey().ifPresent(key -> put(json, key, item));
        item.keySet().stream().sorted().filter(name -> !json.has(name)).forEach(name -> put(json, name, item));
        return json;
    }

    private static void put(ObjectNode json, String name, Map<String, AttributeValue> item) {
        AttributeValue value = item.get(name);
        if (value != null) {
            json.set(name, json(value));
        }
    }

    private static JsonNode json(AttributeValue value) {
        return switch (value.type()) {
            case S -> NODES.textNode(value.s());
            case N -> DecimalNode.valueOf(new BigDecimal(value.n()));
            case B -> NODES.textNode(base64(value.b()));
            case BOOL -> NODES.booleanNode(value.bool());
            case NUL -> NODES.nullNode();
            case L -> array(value.l().stream().map(PlainTable::json).toList());
            case M -> {
                ObjectNode map = NODES.objectNode();
                value.m().forEach((name, inner) -> map.set(name, json(inner)));
                yield map;
            }
            case SS -> array(value.ss().stream().map(NODES::textNode).toList());
            case NS ->
                array(value.ns().stream()
                        .map(number -> DecimalNode.valueOf(new BigDecimal(number)))
                        .toList());
            case BS ->
                array(value.bs().stream()
                        .map(bytes -> NODES.textNode(base64(bytes)))
                        .toList());
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("an attribute has a type that this tool does not know");
        };
    }

    private static ArrayNode array(List<? extends JsonNode> elements) {
        ArrayNode array = NODES.arrayNode();
        elements.forEach(array::add);
        return array;
    }

    private static String base64(SdkBytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.asByteArray());
    }
}
