package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.engine.Consumed;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteContext;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.item.Item;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * BatchWriteItem. Every write of an accepted batch is executed, so nothing is left unprocessed. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
 */
public final class BatchWrites implements Action {
    private final ApiContext context;

    private BatchWrites(ApiContext context) {
        this.context = context;
    }

    /** Returns the action by its name. */
    public static Map<String, Action> of(ApiContext context) {
        return Map.of("BatchWriteItem", new BatchWrites(context));
    }

    @Override
    public void handle(Fields request, JsonGenerator json) throws IOException {
        BatchMembers.write(request);
        List<WriteRequest> writes = new ArrayList<>();
        Map<String, Object> tables = request.map("RequestItems");
        tables.forEach((name, list) -> emptyNames((List<?>) list));
        tables.forEach((name, list) -> {
            for (Object write : (List<?>) list) {
                writes.add(write(TableNames.plain(name), (Fields) write));
            }
        });
        keys(writes);
        List<Consumed> consumed = context.items().batchWrite(writes);
        json.writeObjectFieldStart("UnprocessedItems");
        json.writeEndObject();
        Capacity.write(json, request.text("ReturnConsumedCapacity"), consumed, false);
        if (Metrics.isAsked(request.text("ReturnItemCollectionMetrics"))) {
            writeMetrics(json, context, writes);
        }
    }

    private void keys(List<WriteRequest> writes) {
        Map<String, Set<Item>> seen = new HashMap<>();
        for (WriteRequest write : writes) {
            Item key = KeyRules.batchKey(context.tables().get(write.table()), write);
            if (!seen.computeIfAbsent(write.table(), table -> new HashSet<>()).add(key)) {
                throw Refusals.bare("Provided list of item keys contains duplicates");
            }
        }
    }

    private static void emptyNames(List<?> writes) {
        for (Object write : writes) {
            Fields put = ((Fields) write).struct("PutRequest");
            Fields delete = ((Fields) write).struct("DeleteRequest");
            NameRules.check(put == null ? null : put.get("Item"));
            NameRules.check(delete == null ? null : delete.get("Key"));
        }
    }

    private static WriteRequest write(String table, Fields write) {
        Fields put = write.struct("PutRequest");
        Fields delete = write.struct("DeleteRequest");
        if ((put == null) == (delete == null)) {
            throw Refusals.bare("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        if (put != null) {
            ValueRules.older(put.get("Item"));
            Item item = Inputs.item(put, "Item");
            if (item.size() > Item.MAX_SIZE) {
                throw Refusals.bare("Item size has exceeded the maximum allowed size");
            }
            return new WriteRequest.Put(table, item, WriteContext.of("BatchWriteItem"));
        }
        ValueRules.older(delete.get("Key"));
        return new WriteRequest.Delete(table, Inputs.item(delete, "Key"), WriteContext.of("BatchWriteItem"));
    }

    /**
     * Writes the metrics of a batch or a transaction: for each table with local indexes, one entry for each collection.
     */
    static void writeMetrics(JsonGenerator json, ApiContext context, List<WriteRequest> writes) throws IOException {
        Map<String, Map<Object, Item>> collections = new LinkedHashMap<>();
        for (WriteRequest write : writes) {
            TableDefinition table = context.tables().get(write.table());
            if (Metrics.hasCollections(table) && write.kind() != WriteRequest.Kind.CHECK) {
                Item key = write.keyed();
                Object partition = key.get(table.keys().partition().name());
                collections
                        .computeIfAbsent(write.table(), name -> new LinkedHashMap<>())
                        .put(partition, key);
            }
        }
        json.writeObjectFieldStart("ItemCollectionMetrics");
        for (Map.Entry<String, Map<Object, Item>> table : collections.entrySet()) {
            json.writeArrayFieldStart(table.getKey());
            for (Item key : table.getValue().values()) {
                Metrics.write(json, context.items(), context.tables().get(table.getKey()), key);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
