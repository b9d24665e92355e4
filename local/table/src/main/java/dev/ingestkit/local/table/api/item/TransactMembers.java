package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Shape;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.api.request.Violations;
import java.util.List;

/** Checks the members of the transactions that DynamoDB checks first; these still run on its older layer. Stateless. */
final class TransactMembers {
    static final int MAX_ACTIONS = 100;
    private static final String ON_FAILURE = "ReturnValuesOnConditionCheckFailure";
    private static final List<String> ACTIONS = List.of("Put", "Update", "Delete", "ConditionCheck");

    private TransactMembers() {}

    static void write(Fields request) {
        size(request);
        Violations violations = new Violations();
        List<Fields> items = request.structs("TransactItems");
        for (int i = 0; i < items.size(); i++) {
            for (String action : ACTIONS) {
                Fields fields = items.get(i).struct(action);
                if (fields != null) {
                    action(fields, path(i, action), violations);
                }
            }
        }
        violations
                .collect(request, "ClientRequestToken", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics")
                .raise();
        items.forEach(TransactMembers::oneAction);
        names(items, ACTIONS);
    }

    static void get(Fields request) {
        size(request);
        Violations violations = new Violations();
        List<Fields> items = request.structs("TransactItems");
        for (int i = 0; i < items.size(); i++) {
            Fields get = items.get(i).struct("Get");
            if (get == null) {
                violations.add(null, "transactItems." + (i + 1) + ".member.get", "Member must not be null");
            } else {
                action(get, path(i, "Get"), violations);
            }
        }
        violations.collect(request, "ReturnConsumedCapacity").raise();
        names(items, List.of("Get"));
    }

    private static void size(Fields request) {
        new Violations().collectNull(request, "TransactItems").raise();
        List<?> items = request.list("TransactItems");
        if (items.isEmpty()) {
            new Violations()
                    .add(items, "transactItems", "Member must have length greater than or equal to 1")
                    .raise();
        }
        if (items.size() > MAX_ACTIONS) {
            new Violations()
                    .add(items, "transactItems", "Member must have length less than or equal to " + MAX_ACTIONS)
                    .raise();
        }
    }

    private static void action(Fields action, String path, Violations violations) {
        for (Shape.Member member : action.shape().members()) {
            if (member.required() && !action.has(member.name())) {
                violations.add(null, path + member.path(), "Member must not be null");
            }
        }
        if (action.shape().position(ON_FAILURE) >= 0) {
            String value = action.text(ON_FAILURE);
            if (value != null && !MemberRules.isOldOrNone(value)) {
                violations.add(
                        value,
                        path + "returnValuesOnConditionCheckFailure",
                        "Member must satisfy enum value set: [ALL_OLD, NONE]");
            }
        }
    }

    private static void oneAction(Fields item) {
        long actions = ACTIONS.stream().filter(item::has).count();
        if (actions == 0) {
            throw Refusals.bare("Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
        }
        if (actions > 1) {
            throw Refusals.bare("TransactItems can only contain one of Check, Put, Update or Delete");
        }
    }

    private static void names(List<Fields> items, List<String> actions) {
        Violations violations = new Violations();
        for (int i = 0; i < items.size(); i++) {
            for (String action : actions) {
                Fields fields = items.get(i).struct(action);
                if (fields != null) {
                    name(String.valueOf(fields.text("TableName")), path(i, action) + "tableName", violations);
                }
            }
        }
        violations.raise();
    }

    private static void name(String name, String path, Violations violations) {
        String first = TableNames.firstError(name, path);
        violations.add(first);
        if (first != null && first.contains("length") && !TableNames.hasNameCharacters(name)) {
            violations.add(name, path, "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
        }
    }

    private static String path(int position, String action) {
        return "transactItems." + (position + 1) + ".member." + Character.toLowerCase(action.charAt(0))
                + action.substring(1) + ".";
    }
}
