package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.api.request.Violations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the members of the single-item actions as DynamoDB does before it interprets them: for members that are
 * missing, out of range, or outside their set of values. DynamoDB validates these actions by a newer layer than the
 * rest of its API, whose order and texts differ from action to action. Stateless.
 */
final class MemberRules {
    private static final String RETURN_VALUES = "Failed to satisfy constraint: Member must satisfy enum value set: "
            + "[ALL_OLD, UPDATED_OLD, ALL_NEW, UPDATE_NEW, NONE]";
    private static final String NULL = "Member must not be null";
    private static final String METRICS = "ReturnItemCollectionMetrics";
    private static final String CAPACITY = "ReturnConsumedCapacity";
    private static final String ON_FAILURE = "ReturnValuesOnConditionCheckFailure";
    private static final List<String> WRITE_VALUES =
            List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW");

    private MemberRules() {}

    static void putItem(Fields request) {
        emptyName(request);
        Violations violations = new Violations().add(nameError(request)).collectNull(request, "Item");
        writeEnums(request, violations).raise();
    }

    static void deleteItem(Fields request) {
        emptyName(request);
        Violations violations = new Violations().add(nameError(request)).collectNull(request, "Key");
        writeEnums(request, violations);
        String values = request.text("ReturnValues");
        if (request.has("Key") && values != null && WRITE_VALUES.contains(values) && !isOldOrNone(values)) {
            violations.add(WriteRules.ONLY_OLD);
        }
        violations.raise();
    }

    static void getItem(Fields request) {
        emptyName(request);
        new Violations()
                .collectNull(request, "Key")
                .add(nameError(request))
                .collect(request, CAPACITY, "AttributesToGet")
                .raise();
    }

    /** UpdateItem reports one violation at a time, and without a key those of the older layer. */
    static void updateItem(Fields request) {
        if (!request.has("Key") && !"".equals(request.text("TableName"))) {
            Violations violations = new Violations().collect(request, CAPACITY);
            if (!request.has("TableName")) {
                violations.add(null, "tableName", NULL);
            }
            violations
                    .collect(request, "ReturnValues", ON_FAILURE, METRICS)
                    .collectNull(request, "Key")
                    .raise();
        }
        if (!request.has("TableName")) {
            new Violations()
                    .add(null, "tableName", NULL)
                    .collect(request, "ReturnValues")
                    .raise();
        }
        emptyName(request);
        updateName(String.valueOf(request.text("TableName")));
        updateEnums(request);
    }

    private static void updateName(String name) {
        if (TableNames.isArn(name)) {
            return;
        }
        Violations violations = new Violations();
        if (!TableNames.hasNameCharacters(name)) {
            violations.add(name, "tableName", "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
        if (name.length() < TableNames.MIN_LENGTH || name.length() > TableNames.MAX_LENGTH) {
            violations.add(TableNames.firstError(name, "tableName"));
        }
        violations.raise();
    }

    private static void updateEnums(Fields request) {
        String values = request.text("ReturnValues");
        if (values != null && !WRITE_VALUES.contains(values)) {
            throw Refusals.enveloped(RETURN_VALUES);
        }
        bareEnum(request, ON_FAILURE);
        new Violations().collect(request, METRICS).raise();
        bareEnum(request, CAPACITY);
    }

    private static void bareEnum(Fields request, String member) {
        String text = new Violations().collect(request, member).first();
        if (text != null) {
            throw Refusals.bare(text);
        }
    }

    private static Violations writeEnums(Fields request, Violations violations) {
        violations.collect(request, CAPACITY);
        String values = request.text("ReturnValues");
        if (values != null && !WRITE_VALUES.contains(values)) {
            violations.add(RETURN_VALUES);
        }
        return violations.collect(request, METRICS, ON_FAILURE);
    }

    static boolean isOldOrNone(String values) {
        return values.equals("ALL_OLD") || values.equals("NONE");
    }

    /** An empty name is reported alone, before anything else. */
    static void emptyName(Fields request) {
        if ("".equals(request.text("TableName"))) {
            throw Refusals.enveloped(emptyNameText());
        }
    }

    static String emptyNameText() {
        return "Value at 'TableName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1";
    }

    static @Nullable String nameError(Fields request) {
        String name = request.text("TableName");
        return name == null ? Violations.text(null, "tableName", NULL) : TableNames.firstError(name, "tableName");
    }
}
