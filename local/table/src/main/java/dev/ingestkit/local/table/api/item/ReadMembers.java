package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the members of Query and Scan that DynamoDB checks first. A request without a table name, with a condition
 * without an operator, or with a number that lost a fraction is checked by the older layer, which reports everything
 * together; any other by the newer one, in stages. Stateless.
 */
final class ReadMembers {
    private static final String CAPACITY = "ReturnConsumedCapacity";
    private static final String NOT_BELOW_ONE = "Member must have value greater than or equal to 1";
    private static final long MAX_SEGMENTS = 1_000_000;

    private ReadMembers() {}

    static void query(Fields request) {
        if (!request.has("TableName") || request.isCoerced()) {
            Violations violations = new Violations().collect(request, "Select", CAPACITY);
            olderName(request, violations);
            operators(request, "KeyConditions", violations);
            operators(request, "QueryFilter", violations);
            violations.collect(request, "Limit").raise();
        }
        Violations first = new Violations().add(limit(request));
        emptyName(request, first);
        first.raise();
        Violations second = new Violations().add(MemberRules.nameError(request)).collect(request, CAPACITY);
        operators(request, "KeyConditions", second);
        operators(request, "QueryFilter", second);
        second.collect(request, "IndexName", "AttributesToGet").raise();
    }

    static void scan(Fields request) {
        Violations missing = new Violations();
        operators(request, "ScanFilter", missing);
        if (!request.has("TableName") || missing.first() != null || request.isCoerced()) {
            Violations violations = new Violations().collect(request, "Select", "TotalSegments", CAPACITY);
            olderName(request, violations);
            violations.collect(request, "ConditionalOperator");
            operators(request, "ScanFilter", violations);
            violations.collect(request, "Segment", "Limit").raise();
        }
        Violations first = new Violations()
                .add(limit(request))
                .add(range("Segment", request.number("Segment"), 0, MAX_SEGMENTS - 1))
                .add(range("TotalSegments", request.number("TotalSegments"), 1, MAX_SEGMENTS));
        emptyName(request, first);
        first.raise();
        new Violations()
                .add(MemberRules.nameError(request))
                .collect(request, CAPACITY, "IndexName", "AttributesToGet")
                .raise();
    }

    private static void emptyName(Fields request, Violations violations) {
        if ("".equals(request.text("TableName"))) {
            violations.add(MemberRules.emptyNameText());
        }
    }

    private static void olderName(Fields request, Violations violations) {
        String name = request.text("TableName");
        if (name == null) {
            violations.add(null, "tableName", "Member must not be null");
        } else if (name.isEmpty()) {
            violations.add("", "tableName", "Member must have length greater than or equal to 1");
        }
    }

    private static @Nullable String limit(Fields request) {
        Long limit = request.number("Limit");
        return limit != null && limit < 1 ? "Value at 'Limit' failed to satisfy constraint: " + NOT_BELOW_ONE : null;
    }

    private static @Nullable String range(String member, @Nullable Long value, long min, long max) {
        if (value == null || (value >= min && value <= max)) {
            return null;
        }
        String bound = value < min ? "greater than or equal to " + min : "less than or equal to " + max;
        return "Value at '" + member + "' failed to satisfy constraint: Member must have value " + bound;
    }

    /** Adds a violation for each legacy condition without an operator. */
    static void operators(Fields request, String member, Violations violations) {
        String path = Character.toLowerCase(member.charAt(0)) + member.substring(1);
        for (Map.Entry<String, Object> entry : request.map(member).entrySet()) {
            if (!((Fields) entry.getValue()).has("ComparisonOperator")) {
                violations.add(
                        null, path + "." + entry.getKey() + ".member.comparisonOperator", "Member must not be null");
            }
        }
    }
}
