package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.TableDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTable: throughput, billing, stream, class, protection, encryption, and global indexes. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html">UpdateTable</a>
 */
final class TableUpdates implements Action {
    private final ApiContext context;
    private final TableDescriber describer;

    TableUpdates(ApiContext context, TableDescriber describer) {
        this.context = context;
        this.describer = describer;
    }

    @Override
    public void handle(Fields request, JsonGenerator json) throws IOException {
        String name = UpdateTableRules.check(request);
        TableDefinition before = context.tables().find(name);
        if (before == null) {
            throw ControlRules.noTable(name);
        }
        Instant now = context.clock().instant();
        TableDefinition after = context.tables().update(name, table -> changed(table, request, now));
        describer.write(
                json,
                "TableDescription",
                described(before, after),
                new TableDescriber.States("UPDATING", states(before, after, request), true));
    }

    private TableDefinition changed(TableDefinition table, Fields request, Instant now) {
        TableChangeRules.check(table, request);
        TableDefinition.StreamDefinition stream = stream(table, request, now);
        TableSettings settings = settings(TableSettings.of(table.settings()), request, now);
        if (stream != null) {
            settings = settings.with(TableSettings.LAST_STREAM, stream.label());
        }
        return new TableDefinition(
                table.name(),
                table.keys(),
                indexes(table, request),
                stream,
                table.ttlAttribute(),
                table.created(),
                settings.toItem());
    }

    private static TableDefinition.@Nullable StreamDefinition stream(
            TableDefinition table, Fields request, Instant now) {
        Fields specification = request.struct("StreamSpecification");
        return specification == null ? table.stream() : DefinitionReader.stream(specification, now);
    }

    private TableSettings settings(TableSettings settings, Fields request, Instant now) {
        TableSettings changed = billing(settings, request.text("BillingMode"), now);
        changed = throughput(changed, request.struct("ProvisionedThroughput"), now);
        changed = DefinitionReader.onDemand(changed, request.struct("OnDemandThroughput"));
        changed = DefinitionReader.encryption(
                changed, request.struct("SSESpecification"), context.ids().get(), context.arns());
        if (request.has("TableClass")) {
            changed = changed.with(TableSettings.TABLE_CLASS, request.text("TableClass"))
                    .with(TableSettings.CLASS_CHANGED, now);
        }
        if (request.has("DeletionProtectionEnabled")) {
            changed = changed.with(TableSettings.PROTECTED, request.flag("DeletionProtectionEnabled") ? "true" : null);
        }
        for (Map.Entry<String, String> type : DefinitionReader.types(request).entrySet()) {
            if (!changed.has(TableSettings.ATTRIBUTE + type.getKey())) {
                changed = changed.with(TableSettings.ATTRIBUTE + type.getKey(), type.getValue());
            }
        }
        return changed;
    }

    private static TableSettings billing(TableSettings settings, @Nullable String mode, Instant now) {
        if (mode == null) {
            return settings;
        }
        TableSettings changed = settings.with(TableSettings.BILLING, mode);
        if (changed.isOnDemand() && !settings.isOnDemand()) {
            return changed.with(TableSettings.TO_ON_DEMAND, now)
                    .without(TableSettings.READ)
                    .without(TableSettings.WRITE);
        }
        return changed;
    }

    private static TableSettings throughput(TableSettings settings, @Nullable Fields throughput, Instant now) {
        if (throughput == null) {
            return settings;
        }
        TableSettings changed = DefinitionReader.throughput(settings, throughput);
        long reads = changed.number(TableSettings.READ) - settings.number(TableSettings.READ);
        long writes = changed.number(TableSettings.WRITE) - settings.number(TableSettings.WRITE);
        if (reads > 0 || writes > 0) {
            changed = changed.with(TableSettings.INCREASED, now);
        }
        if (reads < 0 || writes < 0) {
            changed = changed.with(TableSettings.DECREASED, now)
                    .with(TableSettings.DECREASES, (Object) (settings.number(TableSettings.DECREASES) + 1));
        }
        return changed;
    }

    private static List<IndexDefinition> indexes(TableDefinition table, Fields request) {
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        for (Fields change : request.structs("GlobalSecondaryIndexUpdates")) {
            Fields delete = change.struct("Delete");
            Fields create = change.struct("Create");
            Fields update = change.struct("Update");
            if (delete != null) {
                indexes.removeIf(index -> index.name().equals(IndexRules.name(delete)));
            } else if (create != null) {
                indexes.add(DefinitionReader.index(create, DefinitionReader.types(request), true));
            } else if (update != null) {
                indexes.replaceAll(
                        index -> index.name().equals(IndexRules.name(update)) ? updated(index, update) : index);
            }
        }
        return List.copyOf(indexes);
    }

    private static IndexDefinition updated(IndexDefinition index, Fields update) {
        TableSettings settings = TableSettings.of(index.settings());
        settings = DefinitionReader.throughput(settings, update.struct("ProvisionedThroughput"));
        settings = DefinitionReader.onDemand(settings, update.struct("OnDemandThroughput"));
        return new IndexDefinition(
                index.name(),
                index.global(),
                index.keys(),
                index.projected(),
                index.nonKeyAttributes(),
                settings.toItem());
    }

    /** Returns the table to describe: the changed one, with the indexes that are being deleted. */
    private static TableDefinition described(TableDefinition before, TableDefinition after) {
        List<IndexDefinition> indexes = new ArrayList<>(after.indexes());
        before.indexes().stream()
                .filter(index -> after.index(index.name()) == null)
                .forEach(indexes::add);
        return new TableDefinition(
                after.name(),
                after.keys(),
                indexes,
                after.stream(),
                after.ttlAttribute(),
                after.created(),
                after.settings());
    }

    private static Map<String, String> states(TableDefinition before, TableDefinition after, Fields request) {
        Map<String, String> states = new HashMap<>();
        before.indexes().stream()
                .filter(index -> after.index(index.name()) == null)
                .forEach(index -> states.put(index.name(), "DELETING"));
        after.indexes().stream()
                .filter(index -> before.index(index.name()) == null)
                .forEach(index -> states.put(index.name(), "CREATING"));
        for (Fields change : request.structs("GlobalSecondaryIndexUpdates")) {
            Fields update = change.struct("Update");
            if (update != null) {
                states.put(IndexRules.name(update), "UPDATING");
            }
        }
        return states;
    }
}
