package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.IndexDefinition;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks an UpdateTable request against the existing table, as DynamoDB does. */
final class TableChangeRules {
    private static final String ONE_INDEX =
            "Subscriber limit exceeded: " + "Only 1 online index can be created or deleted simultaneously per table";

    private TableChangeRules() {}

    static void check(TableDefinition table, Fields request) {
        TableSettings settings = TableSettings.of(table.settings());
        String mode = request.text("BillingMode");
        boolean onDemand = mode == null ? settings.isOnDemand() : mode.equals(ControlRules.ON_DEMAND);
        Fields throughput = request.struct("ProvisionedThroughput");
        if (onDemand) {
            ControlRules.noUnitsOnDemand(throughput);
        }
        if (ControlRules.PROVISIONED.equals(mode) && throughput == null) {
            throw ControlRules.invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        }
        onDemandLimits(request.struct("OnDemandThroughput"), onDemand);
        if (throughput != null && !settings.isOnDemand()) {
            unchanged(settings, throughput);
        }
        stream(table, request.struct("StreamSpecification"));
        indexes(table, request, onDemand);
    }

    private static void onDemandLimits(@Nullable Fields limits, boolean onDemand) {
        if (limits == null) {
            return;
        }
        for (String member : new String[] {"MaxReadRequestUnits", "MaxWriteRequestUnits"}) {
            Long units = limits.number(member);
            if (units != null && !onDemand) {
                throw ControlRules.invalid(member + " for OnDemandThroughput cannot be specified when the table "
                        + "BillingMode is PROVISIONED");
            }
            if (units != null && (units == 0 || units < -1)) {
                throw ControlRules.invalid(
                        "Requested " + member + " for OnDemandThroughput for table is outside of valid range");
            }
        }
    }

    private static void unchanged(TableSettings settings, Fields throughput) {
        long reads = settings.number(TableSettings.READ);
        long writes = settings.number(TableSettings.WRITE);
        long newReads = Objects.requireNonNull(throughput.number("ReadCapacityUnits"));
        long newWrites = Objects.requireNonNull(throughput.number("WriteCapacityUnits"));
        if (reads == newReads && writes == newWrites) {
            throw TableException.validation("The provisioned throughput for the table will not change. "
                    + "The requested value equals the current value. Current ReadCapacityUnits provisioned for the "
                    + "table: " + reads + ". Requested ReadCapacityUnits: " + newReads + ". Current WriteCapacityUnits "
                    + "provisioned for the table: " + writes + ". Requested WriteCapacityUnits: " + newWrites
                    + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
                    + "limits.");
        }
    }

    private static void stream(TableDefinition table, @Nullable Fields specification) {
        if (specification == null) {
            return;
        }
        boolean enable = specification.flag("StreamEnabled");
        if (enable && table.stream() != null) {
            throw TableException.validation("Table already has an enabled stream: TableName: " + table.name());
        }
        if (!enable && table.stream() == null) {
            throw TableException.validation("Table is already disabled for streams: TableName: " + table.name());
        }
        if (enable && !specification.has("StreamViewType")) {
            throw ControlRules.invalid("StreamViewType must be specified when StreamEnabled is true");
        }
    }

    private static void indexes(TableDefinition table, Fields request, boolean onDemand) {
        List<Fields> changes = request.structs("GlobalSecondaryIndexUpdates");
        for (Fields change : changes) {
            Fields update = change.struct("Update");
            if (update != null && !hasGlobal(table, IndexRules.name(update))) {
                throw TableException.validation("This operation cannot be performed with given input values. "
                        + "Please contact DynamoDB service team for more info: Action Blocked: IndexUpdate");
            }
        }
        if (changes.stream()
                        .filter(change -> change.has("Create") || change.has("Delete"))
                        .count()
                > 1) {
            throw TableException.of("LimitExceededException", ONE_INDEX);
        }
        List<String> definitions = CreateTableRules.definitions(request);
        for (Fields change : changes) {
            Fields create = change.struct("Create");
            Fields delete = change.struct("Delete");
            if (create != null) {
                create(table, create, definitions, onDemand);
            }
            if (delete != null && !hasGlobal(table, IndexRules.name(delete))) {
                throw ControlRules.noTable(IndexRules.name(delete));
            }
        }
    }

    private static void create(TableDefinition table, Fields create, List<String> definitions, boolean onDemand) {
        String name = IndexRules.name(create);
        if (table.index(name) != null) {
            throw ControlRules.invalid("Index already exists: " + name);
        }
        KeySchemaRules.globalStructure(create.structs("KeySchema"));
        IndexRules.projection(create);
        KeySchemaRules.defined(create.structs("KeySchema"), definitions);
        IndexRules.globalThroughput(create, onDemand);
        long indexes = table.indexes().stream().filter(IndexDefinition::global).count();
        if (indexes >= IndexRules.MAX_GLOBAL) {
            throw TableException.of(
                    "LimitExceededException",
                    "Subscriber limit exceeded: Number of GlobalSecondaryIndexes exceeds per-table limit of "
                            + IndexRules.MAX_GLOBAL);
        }
    }

    private static boolean hasGlobal(TableDefinition table, String name) {
        IndexDefinition index = table.index(name);
        return index != null && index.global();
    }
}
