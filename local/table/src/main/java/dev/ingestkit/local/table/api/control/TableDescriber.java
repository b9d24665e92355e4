package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Arns;
import dev.ingestkit.local.table.api.answer.Times;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.KeySchema;
import dev.ingestkit.local.table.engine.TableCatalog;
import dev.ingestkit.local.table.engine.TableDefinition;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the description of a table.
 *
 * @see <a
 * href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html">TableDescription</a>
 */
final class TableDescriber {
    /** The initial throughput of an on-demand table. */
    private static final long WARM_READS = 12_000;

    private static final long WARM_WRITES = 4_000;
    static final String ACTIVE = "ACTIVE";

    private final TableCatalog tables;
    private final Arns arns;

    TableDescriber(TableCatalog tables, Arns arns) {
        this.tables = tables;
        this.arns = arns;
    }

    /**
     * The states to report of a table and its indexes; an index that is not named is active.
     *
     * @param counted whether the table exists, so that its items can be counted
     */
    record States(String table, Map<String, String> indexes, boolean counted) {
        static final States SETTLED = new States(ACTIVE, Map.of(), true);

        String index(String name) {
            return indexes.getOrDefault(name, ACTIVE);
        }
    }

    void write(JsonGenerator json, String member, TableDefinition table, States states) throws IOException {
        TableSettings settings = TableSettings.of(table.settings());
        json.writeObjectFieldStart(member);
        attributes(json, settings);
        json.writeStringField("TableName", table.name());
        keys(json, table.keys());
        json.writeStringField("TableStatus", states.table());
        Times.write(json, "CreationDateTime", table.created());
        throughput(json, settings);
        volume(json, table, null, states);
        json.writeStringField("TableArn", arns.table(table.name()));
        json.writeStringField("TableId", String.valueOf(settings.text(TableSettings.ID)));
        billing(json, settings, states);
        indexes(json, table, states, false);
        indexes(json, table, states, true);
        stream(json, table, settings);
        extras(json, settings);
        warmThroughput(json, settings, states.table());
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, TableSettings settings) throws IOException {
        json.writeArrayFieldStart("AttributeDefinitions");
        for (Map.Entry<String, String> type :
                settings.group(TableSettings.ATTRIBUTE).entrySet()) {
            json.writeStartObject();
            json.writeStringField("AttributeName", type.getKey());
            json.writeStringField("AttributeType", type.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void keys(JsonGenerator json, KeySchema keys) throws IOException {
        json.writeArrayFieldStart("KeySchema");
        List<String> names = keys.names();
        for (int i = 0; i < names.size(); i++) {
            json.writeStartObject();
            json.writeStringField("AttributeName", names.get(i));
            json.writeStringField("KeyType", i < keys.partitionKeys() ? "HASH" : "RANGE");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void throughput(JsonGenerator json, TableSettings settings) throws IOException {
        json.writeObjectFieldStart("ProvisionedThroughput");
        time(json, "LastIncreaseDateTime", settings.time(TableSettings.INCREASED));
        time(json, "LastDecreaseDateTime", settings.time(TableSettings.DECREASED));
        json.writeNumberField("NumberOfDecreasesToday", settings.number(TableSettings.DECREASES));
        json.writeNumberField("ReadCapacityUnits", settings.number(TableSettings.READ));
        json.writeNumberField("WriteCapacityUnits", settings.number(TableSettings.WRITE));
        json.writeEndObject();
    }

    private static void time(JsonGenerator json, String member, @Nullable Instant time) throws IOException {
        if (time != null) {
            Times.write(json, member, time);
        }
    }

    private void volume(JsonGenerator json, TableDefinition table, @Nullable String index, States states)
            throws IOException {
        boolean counted =
                states.counted() && (index == null || states.index(index).equals(ACTIVE));
        TableCatalog.Volume volume = counted ? tables.volume(table.name(), index) : new TableCatalog.Volume(0, 0);
        json.writeNumberField(index == null ? "TableSizeBytes" : "IndexSizeBytes", volume.bytes());
        json.writeNumberField("ItemCount", volume.items());
    }

    private static void billing(JsonGenerator json, TableSettings settings, States states) throws IOException {
        boolean onDemand = settings.isOnDemand();
        if (!onDemand && !settings.has(TableSettings.TO_ON_DEMAND)) {
            return;
        }
        Instant since = states.table().equals("CREATING") ? null : settings.time(TableSettings.TO_ON_DEMAND);
        json.writeObjectFieldStart("BillingModeSummary");
        json.writeStringField("BillingMode", onDemand ? ControlRules.ON_DEMAND : ControlRules.PROVISIONED);
        time(json, "LastUpdateToPayPerRequestDateTime", since);
        json.writeEndObject();
        json.writeObjectFieldStart("TableThroughputModeSummary");
        json.writeStringField("TableThroughputMode", onDemand ? ControlRules.ON_DEMAND : ControlRules.PROVISIONED);
        time(json, "LastUpdateToPayPerRequestDateTime", since);
        json.writeEndObject();
    }

    private void indexes(JsonGenerator json, TableDefinition table, States states, boolean global) throws IOException {
        List<IndexDefinition> indexes = table.indexes().stream()
                .filter(index -> index.global() == global)
                .toList();
        if (indexes.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes");
        for (IndexDefinition index : indexes) {
            json.writeStartObject();
            json.writeStringField("IndexName", index.name());
            keys(json, index.keys());
            projection(json, index);
            if (global) {
                TableSettings settings = TableSettings.of(index.settings());
                String state = states.index(index.name());
                json.writeStringField("IndexStatus", state);
                if (state.equals("CREATING") && !states.table().equals("CREATING")) {
                    json.writeBooleanField("Backfilling", false);
                }
                throughput(json, settings);
                onDemand(json, settings);
                warmThroughput(json, settings, state);
            }
            volume(json, table, index.name(), states);
            json.writeStringField("IndexArn", arns.index(table.name(), index.name()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void projection(JsonGenerator json, IndexDefinition index) throws IOException {
        json.writeObjectFieldStart("Projection");
        json.writeStringField("ProjectionType", index.projected().name());
        if (!index.nonKeyAttributes().isEmpty()) {
            json.writeArrayFieldStart("NonKeyAttributes");
            for (String name : index.nonKeyAttributes()) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void stream(JsonGenerator json, TableDefinition table, TableSettings settings) throws IOException {
        TableDefinition.StreamDefinition stream = table.stream();
        if (stream != null) {
            json.writeObjectFieldStart("StreamSpecification");
            json.writeBooleanField("StreamEnabled", true);
            json.writeStringField("StreamViewType", stream.view().name());
            json.writeEndObject();
        }
        String label = settings.text(TableSettings.LAST_STREAM);
        if (label != null) {
            json.writeStringField("LatestStreamLabel", label);
            json.writeStringField("LatestStreamArn", arns.stream(table.name(), label));
        }
    }

    private static void extras(JsonGenerator json, TableSettings settings) throws IOException {
        String key = settings.text(TableSettings.KMS_KEY);
        if (key != null) {
            json.writeObjectFieldStart("SSEDescription");
            json.writeStringField("Status", "ENABLED");
            json.writeStringField("SSEType", "KMS");
            json.writeStringField("KMSMasterKeyArn", key);
            json.writeEndObject();
        }
        String tableClass = settings.text(TableSettings.TABLE_CLASS);
        if (tableClass != null) {
            json.writeObjectFieldStart("TableClassSummary");
            json.writeStringField("TableClass", tableClass);
            time(json, "LastUpdateDateTime", settings.time(TableSettings.CLASS_CHANGED));
            json.writeEndObject();
        }
        json.writeBooleanField("DeletionProtectionEnabled", settings.has(TableSettings.PROTECTED));
        onDemand(json, settings);
    }

    private static void onDemand(JsonGenerator json, TableSettings settings) throws IOException {
        if (settings.has(TableSettings.MAX_READ) || settings.has(TableSettings.MAX_WRITE)) {
            json.writeObjectFieldStart("OnDemandThroughput");
            limit(json, "MaxReadRequestUnits", settings, TableSettings.MAX_READ);
            limit(json, "MaxWriteRequestUnits", settings, TableSettings.MAX_WRITE);
            json.writeEndObject();
        }
    }

    private static void limit(JsonGenerator json, String member, TableSettings settings, String name)
            throws IOException {
        if (settings.has(name)) {
            json.writeNumberField(member, settings.number(name));
        }
    }

    private static void warmThroughput(JsonGenerator json, TableSettings settings, String state) throws IOException {
        boolean provisioned = settings.has(TableSettings.READ);
        json.writeObjectFieldStart("WarmThroughput");
        json.writeNumberField("ReadUnitsPerSecond", provisioned ? settings.number(TableSettings.READ) : WARM_READS);
        json.writeNumberField("WriteUnitsPerSecond", provisioned ? settings.number(TableSettings.WRITE) : WARM_WRITES);
        json.writeStringField("Status", state);
        json.writeEndObject();
    }
}
