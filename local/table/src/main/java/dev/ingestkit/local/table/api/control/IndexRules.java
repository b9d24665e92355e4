package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules for the secondary indexes of a table. */
final class IndexRules {
    static final int MAX_LOCAL = 5;
    static final int MAX_GLOBAL = 20;

    private IndexRules() {}

    static void local(Fields request, List<String> definitions) {
        List<Fields> indexes = request.structs("LocalSecondaryIndexes");
        List<Fields> table = request.structs("KeySchema");
        if (indexes.isEmpty()) {
            return;
        }
        if (table.size() < 2) {
            throw ControlRules.invalid("Table KeySchema does not have a range key, "
                    + "which is required when specifying a LocalSecondaryIndex");
        }
        indexes.forEach(index -> KeySchemaRules.defined(index.structs("KeySchema"), definitions));
        indexes.forEach(index -> local(index, KeySchemaRules.name(table.get(0))));
        unique(indexes);
        if (indexes.size() > MAX_LOCAL) {
            throw ControlRules.invalid("Number of LocalSecondaryIndexes exceeds per-table limit of " + MAX_LOCAL);
        }
    }

    private static void local(Fields index, String tableHash) {
        List<Fields> key = index.structs("KeySchema");
        KeySchemaRules.structure(key);
        if (key.size() < 2) {
            throw ControlRules.invalid("Index KeySchema does not have a range key for index: " + name(index));
        }
        String hash = KeySchemaRules.name(key.get(0));
        if (!hash.equals(tableHash)) {
            throw ControlRules.invalid("Index KeySchema does not have the same leading hash key as table KeySchema"
                    + " for index: " + name(index) + ". index hash key: " + hash + ", table hash key: " + tableHash);
        }
        projection(index);
    }

    static void global(Fields request, List<String> definitions) {
        List<Fields> indexes = request.structs("GlobalSecondaryIndexes");
        indexes.forEach(index -> KeySchemaRules.defined(index.structs("KeySchema"), definitions));
        for (Fields index : indexes) {
            KeySchemaRules.globalStructure(index.structs("KeySchema"));
            projection(index);
        }
        unique(indexes);
        if (indexes.size() > MAX_GLOBAL) {
            throw ControlRules.invalid("GlobalSecondaryIndex count exceeds the per-table limit of " + MAX_GLOBAL);
        }
        boolean onDemand = ControlRules.ON_DEMAND.equals(request.text("BillingMode"));
        for (Fields index : indexes) {
            globalThroughput(index, onDemand);
        }
    }

    static void globalThroughput(Fields index, boolean onDemand) {
        if (onDemand && index.has("ProvisionedThroughput")) {
            throw ControlRules.invalid("ProvisionedThroughput should not be specified for index: " + name(index)
                    + " when BillingMode is " + ControlRules.ON_DEMAND);
        }
        if (!onDemand && !index.has("ProvisionedThroughput")) {
            throw ControlRules.invalid("ProvisionedThroughput must be specified for index: " + name(index));
        }
        ControlRules.units(index.struct("ProvisionedThroughput"));
    }

    /** Refuses a projection without a type, or with attributes that its type does not go with. */
    static void projection(Fields index) {
        Fields projection = index.struct("Projection");
        String type = projection == null ? null : projection.text("ProjectionType");
        if (projection == null || type == null) {
            throw ControlRules.invalid("Unknown ProjectionType: null");
        }
        boolean attributes = projection.has("NonKeyAttributes");
        if (type.equals("INCLUDE") != attributes) {
            throw ControlRules.invalid("ProjectionType is " + type + ", but NonKeyAttributes is "
                    + (attributes ? "specified" : "not specified"));
        }
    }

    private static void unique(List<Fields> indexes) {
        Set<String> names = new HashSet<>();
        for (Fields index : indexes) {
            if (!names.add(name(index))) {
                throw duplicate(name(index));
            }
        }
    }

    static RuntimeException duplicate(String name) {
        return ControlRules.invalid("Duplicate index name: " + name);
    }

    static String name(Fields index) {
        return String.valueOf(index.text("IndexName"));
    }
}
