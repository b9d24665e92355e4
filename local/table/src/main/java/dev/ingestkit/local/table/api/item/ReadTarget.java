package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.IndexDefinition.Projected;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.expression.Projection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table, or the index of it, that a Query or a Scan reads. */
record ReadTarget(TableDefinition table, @Nullable IndexDefinition index) {
    /** Returns the target that a request names. */
    static ReadTarget of(TableDefinition table, Fields request) {
        String name = request.text("IndexName");
        IndexDefinition index = name == null ? null : table.index(name);
        if (name != null && index == null) {
            throw Refusals.bare("The table does not have the specified index: " + name);
        }
        ReadTarget target = new ReadTarget(table, index);
        target.check(request);
        return target;
    }

    private void check(Fields request) {
        if (index == null || !index.global()) {
            return;
        }
        if (request.flag("ConsistentRead")) {
            throw Refusals.bare("Consistent reads are not supported on global secondary indexes");
        }
        if ("ALL_ATTRIBUTES".equals(request.text("Select")) && index.projected() != Projected.ALL) {
            throw Refusals.bare(Refusals.INVALID
                    + "Select type ALL_ATTRIBUTES is not supported for global secondary index " + index.name()
                    + " because its projection type is not ALL");
        }
    }

    /** Returns the key by which items are found and ordered. */
    KeySchema keys() {
        return index == null ? table.keys() : index.keys();
    }

    @Nullable
    String indexName() {
        return index == null ? null : index.name();
    }

    /** Returns the names of all attributes of a start key: the table's key and the index's. */
    Set<String> startKeyNames() {
        Set<String> names = new LinkedHashSet<>(table.keys().names());
        if (index != null) {
            names.addAll(index.keys().names());
        }
        return names;
    }

    /**
     * Returns whether items must be read from the table since the index does not hold the attributes asked for; a
     * global index refuses that.
     */
    boolean needsItems(Fields request, @Nullable Projection projection) {
        if (index == null || index.projected() == Projected.ALL) {
            return false;
        }
        List<String> missing = projection == null ? List.of() : missing(projection);
        if (index.global()) {
            if (!missing.isEmpty()) {
                throw Refusals.bare(
                        Refusals.INVALID + "Global secondary index " + index.name() + " does not project " + missing);
            }
            return false;
        }
        return !missing.isEmpty() || "ALL_ATTRIBUTES".equals(request.text("Select"));
    }

    private List<String> missing(Projection projection) {
        List<String> missing = new ArrayList<>(projection.attributes());
        missing.removeAll(startKeyNames());
        if (index != null) {
            missing.removeAll(index.nonKeyAttributes());
        }
        return missing;
    }
}
