package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.engine.BatchGet;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.Got;
import dev.ingestkit.local.table.expression.Expressions;
import dev.ingestkit.local.table.expression.LegacyParameters;
import dev.ingestkit.local.table.expression.Placeholders;
import dev.ingestkit.local.table.expression.Projection;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * GetItem and BatchGetItem. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetItem.html">GetItem</a>
 */
public final class ItemReads {
    private final ApiContext context;

    private ItemReads(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        ItemReads reads = new ItemReads(context);
        return Map.of("GetItem", reads::get, "BatchGetItem", reads::batch);
    }

    private void get(Fields request, JsonGenerator json) throws IOException {
        MemberRules.getItem(request);
        NameRules.read(request, "Key");
        ExpressionRules.GET.check(request);
        ValueRules.read(request, "Key");
        WriteRules.attributesToGet(request);
        Projection projection = projection(request);
        Got got = context.items()
                .get(new GetRequest(
                        Inputs.table(request), Inputs.item(request, "Key"), request.flag("ConsistentRead")));
        Item item = got.item();
        if (item != null) {
            json.writeFieldName("Item");
            ItemJson.write(json, projected(projection, item));
        }
        Capacity.write(json, request.text("ReturnConsumedCapacity"), got.consumed());
    }

    /** Returns the part of each item that a request asks for, or null for all of it. */
    static @Nullable Projection projection(Fields request) {
        Placeholders placeholders = Inputs.placeholders(request);
        WriteRules.notEmpty(request, "ProjectionExpression", false);
        String expression = request.text("ProjectionExpression");
        if (expression != null) {
            Projection projection = Expressions.projection(expression, placeholders);
            placeholders.requireAllUsed();
            return projection;
        }
        boolean legacy = request.shape().position("AttributesToGet") >= 0 && request.has("AttributesToGet");
        return legacy ? LegacyParameters.attributesToGet(request.texts("AttributesToGet")) : null;
    }

    static Item projected(@Nullable Projection projection, Item item) {
        return projection == null ? item : projection.apply(item);
    }

    private void batch(Fields request, JsonGenerator json) throws IOException {
        BatchMembers.get(request);
        Map<String, Object> tables = request.map("RequestItems");
        mixed(tables);
        Map<String, Projection> projections = new HashMap<>();
        Map<String, String> given = new HashMap<>();
        List<BatchGet> reads = new ArrayList<>();
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            Fields fields = (Fields) table.getValue();
            NameRules.read(fields, null);
            ExpressionRules.GET.check(fields);
            WriteRules.attributesToGet(fields);
            Projection projection = projection(fields);
            String name = TableNames.plain(table.getKey());
            if (projection != null) {
                projections.put(name, projection);
            }
            given.put(name, table.getKey());
            reads.add(new BatchGet(name, keys(fields), fields.flag("ConsistentRead")));
        }
        List<BatchGet.Result> results = context.items().batchGet(reads);
        json.writeObjectFieldStart("Responses");
        for (BatchGet.Result result : results) {
            json.writeArrayFieldStart(given.get(result.table()));
            for (Item item : result.items()) {
                ItemJson.write(json, projected(projections.get(result.table()), item));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        unprocessed(json, results, given, tables);
        Capacity.write(
                json,
                request.text("ReturnConsumedCapacity"),
                results.stream().map(BatchGet.Result::consumed).toList(),
                false);
    }

    private static void mixed(Map<String, Object> tables) {
        boolean expression = tables.values().stream().anyMatch(table -> ((Fields) table).has("ProjectionExpression"));
        boolean legacy = tables.values().stream().anyMatch(table -> ((Fields) table).has("AttributesToGet"));
        if (expression && legacy) {
            throw Refusals.bare(ExpressionRules.mixed(List.of("AttributesToGet"), List.of("ProjectionExpression")));
        }
    }

    private static List<Item> keys(Fields table) {
        List<Item> keys = new ArrayList<>();
        HashSet<Item> seen = new HashSet<>();
        for (Object key : table.list("Keys")) {
            NameRules.check(key);
            if (key instanceof InvalidValue invalid) {
                throw Refusals.bare(ValueRules.current(invalid));
            }
            keys.add((Item) key);
            if (!seen.add((Item) key)) {
                throw Refusals.bare("Provided list of item keys contains duplicates");
            }
        }
        return keys;
    }

    private static void unprocessed(
            JsonGenerator json, List<BatchGet.Result> results, Map<String, String> given, Map<String, Object> tables)
            throws IOException {
        json.writeObjectFieldStart("UnprocessedKeys");
        for (BatchGet.Result result : results) {
            if (!result.unprocessed().isEmpty()) {
                String name = given.get(result.table());
                json.writeObjectFieldStart(name);
                json.writeArrayFieldStart("Keys");
                for (Item key : result.unprocessed()) {
                    ItemJson.write(json, key);
                }
                json.writeEndArray();
                rest(json, (Fields) Objects.requireNonNull(tables.get(name)));
                json.writeEndObject();
            }
        }
        json.writeEndObject();
    }

    /** Writes the members of a table's request besides its keys, so that a client can send them again. */
    private static void rest(JsonGenerator json, Fields table) throws IOException {
        if (table.has("ConsistentRead")) {
            json.writeBooleanField("ConsistentRead", table.flag("ConsistentRead"));
        }
        String projection = table.text("ProjectionExpression");
        if (projection != null) {
            json.writeStringField("ProjectionExpression", projection);
        }
        if (table.has("ExpressionAttributeNames")) {
            json.writeObjectFieldStart("ExpressionAttributeNames");
            for (Map.Entry<String, Object> name :
                    table.map("ExpressionAttributeNames").entrySet()) {
                json.writeStringField(name.getKey(), (String) name.getValue());
            }
            json.writeEndObject();
        }
        if (table.has("AttributesToGet")) {
            json.writeArrayFieldStart("AttributesToGet");
            for (String name : table.texts("AttributesToGet")) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
    }
}
