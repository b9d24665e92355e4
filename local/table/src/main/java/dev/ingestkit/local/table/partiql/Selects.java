package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.engine.GetRequest;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.ItemPage;
import dev.ingestkit.local.table.engine.KeyCondition;
import dev.ingestkit.local.table.engine.Page;
import dev.ingestkit.local.table.engine.QueryRequest;
import dev.ingestkit.local.table.engine.ScanRequest;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.expression.Expressions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Executes SELECT statements. Thread-safe. */
final class Selects {
    private final ApiContext context;

    Selects(ApiContext context) {
        this.context = context;
    }

    /** Reads a page of items. */
    ItemPage page(Statement.Select select, Page page, boolean consistent) {
        check(select);
        SelectPlan plan = SelectPlan.of(select, context.tables().get(select.table()));
        IndexDefinition index = plan.index();
        if (consistent && index != null && index.global()) {
            throw TableException.validation("Strongly consistent read is not supported on Global Secondary Indexes");
        }
        String indexName = index == null ? null : index.name();
        List<KeyCondition> keys = plan.keys();
        if (keys == null) {
            return context.items()
                    .scan(new ScanRequest(
                            select.table(), indexName, page, null, plan.filter(), consistent, plan.fetchItems()));
        }
        return new KeyLookups(plan, keys)
                .page(
                        page,
                        (key, part) -> context.items()
                                .query(new QueryRequest(
                                        select.table(),
                                        indexName,
                                        key,
                                        plan.forward(),
                                        part,
                                        plan.filter(),
                                        consistent,
                                        plan.fetchItems())));
    }

    /** Checks what can be checked without the table: the types of operands. */
    static void check(Statement.Select select) {
        if (select.where() != null) {
            Expressions.statementCondition(select.where());
        }
    }

    /**
     * Returns the read of the one item that the statement names.
     *
     * @param action the action, which accepts nothing else
     */
    GetRequest single(Statement.Select select, String action, boolean consistent) {
        TableDefinition table = context.tables().get(select.table());
        String indexName = select.source().index();
        IndexDefinition index = indexName == null ? null : table.index(indexName);
        if (index != null) {
            SelectPlan.requireSingleAttributes(index.keys());
        }
        @Nullable
        SingleItem item = select.source().index() == null ? SingleItem.ofRead(select.where(), table.keys()) : null;
        if (item == null || !item.rest().isEmpty()) {
            throw TableException.validation(
                    "Select statements within " + action + " must specify the primary key in the where clause.");
        }
        return new GetRequest(table.name(), item.key(), consistent);
    }
}
