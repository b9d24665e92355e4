package dev.ingestkit.local.table.api.item;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Capacity;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Condition;
import dev.ingestkit.local.table.expression.KeyExpression;
import dev.ingestkit.local.table.expression.LegacyParameters;
import dev.ingestkit.local.table.expression.Projection;
import dev.ingestkit.local.table.item.Item;
import dev.ingestkit.local.table.item.ItemJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Query and Scan. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html">Query</a>
 */
public final class PageReads {
    private final ApiContext context;

    private PageReads(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        PageReads reads = new PageReads(context);
        return Map.of("Query", reads::query, "Scan", reads::scan);
    }

    private void query(Fields request, JsonGenerator json) throws IOException {
        ReadMembers.query(request);
        NameRules.read(request, "ExclusiveStartKey");
        ExpressionRules.QUERY.check(request);
        SelectRules.value(request);
        legacy(request, "QueryFilter");
        refuse(Inputs.invalid(request, "KeyConditions"));
        WriteRules.attributesToGet(request);
        ValueRules.startKey(request);
        PageExpressions read = PageExpressions.query(request);
        KeyExpression keys = read.requireKeys();
        ReadTarget target = ReadTarget.of(context.tables().get(Inputs.table(request)), request);
        Item start = Inputs.optionalItem(request, "ExclusiveStartKey");
        StartKeyRules.check(target, start, true);
        KeyCondition condition = keys.resolve(target.keys());
        StartKeyRules.within(target, start, condition);
        noKeyInFilter(request, read.filter(), target);
        ItemPage page = context.items()
                .query(new QueryRequest(
                        target.table().name(),
                        target.indexName(),
                        condition,
                        !Boolean.FALSE.equals(request.get("ScanIndexForward")),
                        new Page(limit(request), start),
                        read.filter(),
                        request.flag("ConsistentRead"),
                        target.needsItems(request, read.projection())));
        write(request, json, page, read.projection());
    }

    private static void noKeyInFilter(Fields request, @Nullable Condition filter, ReadTarget target) {
        List<String> keys = target.keys().names();
        if (filter == null) {
            return;
        }
        if (request.has("QueryFilter")) {
            LegacyParameters.requireNoKey(Inputs.conditions(request, "QueryFilter"), keys);
        } else {
            filter.requireNoKey(keys);
            filter.requireScalarKeys(target.table().keys().names(), "Key");
        }
    }

    private void scan(Fields request, JsonGenerator json) throws IOException {
        ReadMembers.scan(request);
        NameRules.read(request, "ExclusiveStartKey");
        ExpressionRules.SCAN.check(request);
        legacy(request, "ScanFilter");
        WriteRules.attributesToGet(request);
        ValueRules.startKey(request);
        PageExpressions read = PageExpressions.scan(request);
        SelectRules.value(request);
        SelectRules.projection(request);
        SelectRules.segments(request);
        ReadTarget target = ReadTarget.of(context.tables().get(Inputs.table(request)), request);
        Item start = Inputs.optionalItem(request, "ExclusiveStartKey");
        StartKeyRules.check(target, start, false);
        ItemPage page = context.items()
                .scan(new ScanRequest(
                        target.table().name(),
                        target.indexName(),
                        new Page(limit(request), start),
                        segment(request),
                        read.filter(),
                        request.flag("ConsistentRead"),
                        target.needsItems(request, read.projection())));
        write(request, json, page, read.projection());
    }

    private static void legacy(Fields request, String filter) {
        String wrong = WriteRules.conditionalOperator(request, filter);
        if (wrong != null) {
            throw Refusals.bare(wrong);
        }
        refuse(Inputs.invalid(request, filter));
    }

    private static void refuse(@Nullable InvalidValue invalid) {
        if (invalid != null) {
            throw TableException.validation(ValueRules.current(invalid));
        }
    }

    private static @Nullable Integer limit(Fields request) {
        Long limit = request.number("Limit");
        return limit == null ? null : limit.intValue();
    }

    private static ScanRequest.@Nullable Segment segment(Fields request) {
        Long segment = request.number("Segment");
        Long total = request.number("TotalSegments");
        return segment == null || total == null ? null : new ScanRequest.Segment(segment.intValue(), total.intValue());
    }

    private static void write(Fields request, JsonGenerator json, ItemPage page, @Nullable Projection projection)
            throws IOException {
        if (!"COUNT".equals(request.text("Select"))) {
            json.writeArrayFieldStart("Items");
            for (Item item : page.items()) {
                ItemJson.write(json, ItemReads.projected(projection, item));
            }
            json.writeEndArray();
        }
        json.writeNumberField("Count", page.items().size());
        json.writeNumberField("ScannedCount", page.scanned());
        Item last = page.lastKey();
        if (last != null) {
            json.writeFieldName("LastEvaluatedKey");
            ItemJson.write(json, last);
        }
        Capacity.write(json, request.text("ReturnConsumedCapacity"), page.consumed());
    }
}
