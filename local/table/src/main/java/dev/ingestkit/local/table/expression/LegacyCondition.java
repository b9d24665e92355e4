package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one attribute in the legacy form: an entry of {@code Expected}, {@code KeyConditions}, {@code
 * QueryFilter} or {@code ScanFilter}. Null stands for a member that the request does not have.
 *
 * @param value the {@code Value} of {@code Expected}
 * @param exists the {@code Exists} of {@code Expected}
 * @param operator the {@code ComparisonOperator}, one of the thirteen that the API's model has
 * @param values the {@code AttributeValueList}
 */
public record LegacyCondition(
        @Nullable Value value,
        @Nullable Boolean exists,
        @Nullable String operator,
        @Nullable List<Value> values) {

    /** Returns a condition of a filter or of KeyConditions. */
    public static LegacyCondition of(@Nullable String operator, @Nullable List<Value> values) {
        return new LegacyCondition(null, null, operator, values);
    }
}
