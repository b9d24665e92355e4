package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.error.TableException;
import org.jspecify.annotations.Nullable;

/** The checks that all control actions share: the table's name, throughput, and their refusals. */
final class ControlRules {
    static final String INVALID = "One or more parameter values were invalid: ";
    static final String ON_DEMAND = "PAY_PER_REQUEST";
    static final String PROVISIONED = "PROVISIONED";

    /** The largest throughput that DynamoDB reads as one at all. */
    private static final long MAX_UNITS = 1_000_000_000_000L;

    private ControlRules() {}

    static TableException invalid(String text) {
        return TableException.validation(INVALID + text);
    }

    static TableException noTable(String table) {
        return TableException.of(
                "ResourceNotFoundException", "Requested resource not found: Table: " + table + " not found");
    }

    /** Checks the name and all other members of an action on a table; returns the table's name. */
    static String tableName(Fields request) {
        String name = requiredName(request);
        int length = name.length();
        if (!TableNames.isArn(name) && (length < TableNames.MIN_LENGTH || length > TableNames.MAX_LENGTH)) {
            throw TableException.validation(
                    "TableName must be at least 3 characters long and at most 255 characters long");
        }
        new Violations().collect(request).raise();
        return TableNames.plain(name);
    }

    /** Checks that the request has a table's name; an absent one ends the checking. */
    static String requiredName(Fields request) {
        String name = request.text("TableName");
        if (name == null) {
            throw TableException.validation("The parameter 'TableName' is required but was not present in the request");
        }
        return name;
    }

    static void units(@Nullable Fields throughput) {
        if (throughput == null) {
            return;
        }
        for (String member : new String[] {"ReadCapacityUnits", "WriteCapacityUnits"}) {
            Long units = throughput.number(member);
            if (units != null && units > MAX_UNITS) {
                throw TableException.validation("Given value " + units + " for " + member + " is out of bounds");
            }
        }
    }

    static void noUnitsOnDemand(@Nullable Fields throughput) {
        if (throughput != null) {
            throw invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                    + ON_DEMAND);
        }
    }
}
