package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.error.TableException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks a CreateTable request as DynamoDB does before it looks for the table. */
final class CreateTableRules {
    private CreateTableRules() {}

    static void check(Fields request) {
        ControlRules.requiredName(request);
        new Violations().collect(request, "TableName").raise();
        new Violations().collect(request).raise();
        throughput(request);
        List<String> definitions = definitions(request);
        List<Fields> key = request.structs("KeySchema");
        KeySchemaRules.defined(key, definitions);
        KeySchemaRules.structure(key);
        notEmpty(request, "LocalSecondaryIndexes");
        notEmpty(request, "GlobalSecondaryIndexes");
        IndexRules.local(request, definitions);
        IndexRules.global(request, definitions);
        namesAcrossKinds(request);
        unused(request, definitions);
        stream(request.struct("StreamSpecification"));
        onDemand(request);
        unsupported(request);
    }

    static List<String> definitions(Fields request) {
        return KeySchemaRules.names(request.structs("AttributeDefinitions"));
    }

    private static void throughput(Fields request) {
        Fields throughput = request.struct("ProvisionedThroughput");
        if (ControlRules.ON_DEMAND.equals(request.text("BillingMode"))) {
            ControlRules.noUnitsOnDemand(throughput);
        } else if (throughput == null) {
            throw ControlRules.invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified "
                    + "when BillingMode is " + ControlRules.PROVISIONED);
        }
        ControlRules.units(throughput);
    }

    private static void notEmpty(Fields request, String member) {
        if (request.has(member) && request.list(member).isEmpty()) {
            throw ControlRules.invalid("List of " + member + " is empty");
        }
    }

    private static void namesAcrossKinds(Fields request) {
        Set<String> names = new HashSet<>();
        request.structs("LocalSecondaryIndexes").forEach(index -> names.add(IndexRules.name(index)));
        for (Fields index : request.structs("GlobalSecondaryIndexes")) {
            if (names.contains(IndexRules.name(index))) {
                throw IndexRules.duplicate(IndexRules.name(index));
            }
        }
    }

    /** Refuses definitions of attributes that no key uses. */
    private static void unused(Fields request, List<String> definitions) {
        List<String> used = new ArrayList<>(KeySchemaRules.names(request.structs("KeySchema")));
        for (String member : new String[] {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
            request.structs(member).forEach(index -> used.addAll(KeySchemaRules.names(index.structs("KeySchema"))));
        }
        Set<String> distinct = new HashSet<>(used);
        if (definitions.size() == distinct.size()) {
            return;
        }
        if (!request.has("LocalSecondaryIndexes") && !request.has("GlobalSecondaryIndexes")) {
            throw ControlRules.invalid("Number of attributes in KeySchema does not exactly match "
                    + "number of attributes defined in AttributeDefinitions");
        }
        throw ControlRules.invalid("Some AttributeDefinitions are not used. AttributeDefinitions: "
                + KeySchemaRules.listed(definitions) + ", keys used: " + distinct);
    }

    private static void stream(@Nullable Fields specification) {
        if (specification == null) {
            return;
        }
        boolean view = specification.has("StreamViewType");
        if (!specification.flag("StreamEnabled") && view) {
            throw ControlRules.invalid(
                    "Table is being created with a stream disabled, UpdateViewType should not be specified");
        }
        if (specification.flag("StreamEnabled") && !view) {
            throw ControlRules.invalid("StreamViewType must be specified when StreamEnabled is true");
        }
    }

    private static void onDemand(Fields request) {
        Fields limits = request.struct("OnDemandThroughput");
        if (limits == null) {
            return;
        }
        for (String member : new String[] {"MaxReadRequestUnits", "MaxWriteRequestUnits"}) {
            Long units = limits.number(member);
            if (units != null && !ControlRules.ON_DEMAND.equals(request.text("BillingMode"))) {
                throw ControlRules.invalid(
                        member + " for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
            }
        }
        for (String member : new String[] {"MaxReadRequestUnits", "MaxWriteRequestUnits"}) {
            Long units = limits.number(member);
            if (units != null && units < 1) {
                throw ControlRules.invalid(
                        "Requested " + member + " for OnDemandThroughput for table is outside of valid range");
            }
        }
    }

    /** Refuses by name what this engine does not have. */
    private static void unsupported(Fields request) {
        for (String member : new String[] {"VectorIndexes", "ResourcePolicy", "GlobalTableSourceArn"}) {
            if (request.has(member)) {
                throw TableException.validation(member + " is not supported by this table engine");
            }
        }
    }
}
