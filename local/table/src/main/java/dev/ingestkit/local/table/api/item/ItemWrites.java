package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.engine.WriteRequest;
import dev.ingestkit.local.table.engine.Written;
import dev.ingestkit.local.table.expression.Update;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PutItem, UpdateItem and DeleteItem. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html">PutItem</a>
 */
public final class ItemWrites {
    private final ApiContext context;

    private ItemWrites(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        ItemWrites writes = new ItemWrites(context);
        return Map.of("PutItem", writes::put, "UpdateItem", writes::update, "DeleteItem", writes::delete);
    }

    private void put(Fields request, JsonGenerator json) throws IOException {
        WriteInput input = WriteInput.put(request);
        TableDefinition table = context.tables().get(Inputs.table(request));
        Item item = Inputs.item(request, "Item");
        Written written =
                context.items().write(new WriteRequest.Put(table.name(), item, input.context("PutItem", table)));
        attributes(json, "ALL_OLD".equals(request.text("ReturnValues")) ? written.oldItem() : null);
        finish(request, json, table, written, item);
    }

    private void delete(Fields request, JsonGenerator json) throws IOException {
        WriteInput input = WriteInput.delete(request);
        TableDefinition table = context.tables().get(Inputs.table(request));
        Item key = Inputs.item(request, "Key");
        Written written =
                context.items().write(new WriteRequest.Delete(table.name(), key, input.context("DeleteItem", table)));
        attributes(json, "ALL_OLD".equals(request.text("ReturnValues")) ? written.oldItem() : null);
        finish(request, json, table, written, key);
    }

    private void update(Fields request, JsonGenerator json) throws IOException {
        WriteInput input = WriteInput.update(request);
        Update update = input.readUpdate();
        TableDefinition table = context.tables().get(Inputs.table(request));
        Item key = Inputs.item(request, "Key");
        KeyRules.check(table, key);
        KeyRules.check(table, update);
        Written written = context.items()
                .write(new WriteRequest.Update(table.name(), key, update, input.context("UpdateItem", table)));
        attributes(json, updated(request.text("ReturnValues"), update, written));
        finish(request, json, table, written, key);
    }

    private static @Nullable Item updated(@Nullable String values, Update update, Written written) {
        return switch (values == null ? "NONE" : values) {
            case "ALL_OLD" -> written.oldItem();
            case "ALL_NEW" -> written.newItem();
            case "UPDATED_OLD" -> touched(update, written.oldItem());
            case "UPDATED_NEW" -> touched(update, written.newItem());
            default -> null;
        };
    }

    private static @Nullable Item touched(Update update, @Nullable Item item) {
        Item touched = item == null ? Item.EMPTY : update.touched(item);
        return touched.count() == 0 ? null : touched;
    }

    private static void attributes(JsonGenerator json, @Nullable Item item) throws IOException {
        if (item != null) {
            json.writeFieldName("Attributes");
            ItemJson.write(json, item);
        }
    }

    private void finish(Fields request, JsonGenerator json, TableDefinition table, Written written, Item key)
            throws IOException {
        Capacity.write(json, request.text("ReturnConsumedCapacity"), written.consumed());
        if (Metrics.isAsked(request.text("ReturnItemCollectionMetrics")) && Metrics.hasCollections(table)) {
            json.writeFieldName("ItemCollectionMetrics");
            Metrics.write(json, context.items(), table, key);
        }
    }
}
