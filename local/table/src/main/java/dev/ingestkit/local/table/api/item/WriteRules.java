package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of members that several actions have. */
final class WriteRules {
    static final String ONLY_OLD = "ReturnValues can only be ALL_OLD or NONE";
    private static final String NO_CONDITIONS = "ConditionalOperator cannot be used without Filter or Expected";
    private static final String ONE_CONDITION =
            "ConditionalOperator can only be used when Filter or Expected has two or more elements";
    private static final String OPERATORS =
            "Failed to satisfy constraint: Member must satisfy enum value set: [ALL, OR]";

    private WriteRules() {}

    /** Returns the problem of a conditional operator beside the legacy conditions of {@code member}, or null. */
    static @Nullable String conditionalOperator(Fields request, String member) {
        String operator = request.text("ConditionalOperator");
        if (operator == null) {
            return null;
        }
        int conditions = request.map(member).size();
        if (conditions == 0) {
            return NO_CONDITIONS;
        }
        if (conditions == 1) {
            return ONE_CONDITION;
        }
        return operator.equals("AND") || operator.equals("OR") ? null : OPERATORS;
    }

    /** Throws a refusal if the list names an attribute twice. */
    static void attributesToGet(Fields request) {
        List<String> names = request.texts("AttributesToGet");
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw Refusals.bare(Refusals.INVALID + "Duplicate value in attribute name: " + name);
            }
        }
    }

    /** Throws a refusal if an expression of the request is empty. */
    static void notEmpty(Fields request, String expression, boolean enveloped) {
        if ("".equals(request.text(expression))) {
            String text = "Invalid " + expression + ": The expression can not be empty;";
            throw enveloped ? Refusals.enveloped(text) : Refusals.bare(text);
        }
    }
}
