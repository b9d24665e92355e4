package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.error.TableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks an UpdateTable request as DynamoDB does before it looks for the table. */
final class UpdateTableRules {
    private static final List<String> CHANGES = List.of(
            "ProvisionedThroughput",
            "BillingMode",
            "StreamSpecification",
            "SSESpecification",
            "TableClass",
            "DeletionProtectionEnabled",
            "OnDemandThroughput");
    private static final List<String> ACTIONS = List.of("Update", "Create", "Delete");
    private static final List<String> UNSUPPORTED =
            List.of("ReplicaUpdates", "VectorIndexUpdates", "MultiRegionConsistency", "GlobalTableWitnessUpdates");

    private UpdateTableRules() {}

    /** Checks the request; returns the table's name. */
    static String check(Fields request) {
        String table = ControlRules.tableName(request);
        Fields throughput = request.struct("ProvisionedThroughput");
        if (ControlRules.ON_DEMAND.equals(request.text("BillingMode"))) {
            ControlRules.noUnitsOnDemand(throughput);
        }
        ControlRules.units(throughput);
        UNSUPPORTED.stream().filter(request::has).findFirst().ifPresent(member -> {
            throw TableException.validation(member + " is not supported by this table engine");
        });
        if (CHANGES.stream().noneMatch(request::has)
                && request.list("GlobalSecondaryIndexUpdates").isEmpty()) {
            throw TableException.validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                    + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }
        indexUpdates(request);
        return table;
    }

    private static void indexUpdates(Fields request) {
        List<Fields> updates = request.structs("GlobalSecondaryIndexUpdates");
        for (Fields update : updates) {
            if (ACTIONS.stream().noneMatch(update::has)) {
                throw ControlRules.invalid("One of GlobalSecondaryIndexUpdate.Update, "
                        + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
            }
        }
        Set<String> names = new HashSet<>();
        for (Fields update : updates) {
            String name = IndexRules.name(action(update));
            if (!names.add(name)) {
                throw ControlRules.invalid("Only one global secondary index update per index is allowed "
                        + "simultaneously. Index: " + name);
            }
        }
    }

    private static Fields action(Fields update) {
        for (String action : ACTIONS) {
            Fields fields = update.struct(action);
            if (fields != null) {
                return fields;
            }
        }
        throw new IllegalStateException(
                "update without an action: " + update.shape().name());
    }
}
