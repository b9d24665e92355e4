package dev.ingestkit.local.gateway.authorizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a statement's {@code Condition}: an operator, a key of the request and the values to compare with.
 * Immutable.
 *
 * <p>A positive operator holds if one value matches, a negated one if none does. If the request has no value for the
 * key, a positive operator does not hold and a negated one does; with {@code IfExists} every operator holds.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">IAM's
 *     condition operators</a>
 */
final class PolicyCondition {

    private static final Pattern NEGATED = Pattern.compile("(String|Numeric|Date|Arn)Not.*|NotIpAddress");
    private static final String IF_EXISTS = "IfExists";
    private static final String FOR_ALL = "ForAllValues:";
    private static final String FOR_ANY = "ForAnyValue:";

    private final String key;
    private final List<String> values;
    private final Operator operator;
    private final boolean holdsWithoutValue;

    private record Operator(BiPredicate<String, String> matches, boolean negated, boolean nullCheck) {}

    private PolicyCondition(String key, List<String> values, Operator operator, boolean holdsWithoutValue) {
        this.key = key;
        this.values = List.copyOf(values);
        this.operator = operator;
        this.holdsWithoutValue = holdsWithoutValue;
    }

    /**
     * Reads the {@code Condition} of a statement.
     *
     * @throws MalformedPolicyException if it is null or not an object, names an unknown operator or a value that the
     *     operator cannot compare
     */
    static List<PolicyCondition> parse(JsonNode condition) {
        if (!condition.isObject()) {
            throw new MalformedPolicyException("Condition must be an object, found " + condition);
        }
        List<PolicyCondition> conditions = new ArrayList<>();
        condition.properties().forEach(block -> {
            if (!block.getValue().isObject() || block.getValue().isEmpty()) {
                throw new MalformedPolicyException("Condition.%s must be an object with a key, found %s"
                        .formatted(block.getKey(), block.getValue()));
            }
            block.getValue()
                    .properties()
                    .forEach(entry -> conditions.add(of(block.getKey(), entry.getKey(), entry.getValue())));
        });
        return conditions;
    }

    private static PolicyCondition of(String name, String key, JsonNode expected) {
        boolean all = name.startsWith(FOR_ALL);
        String bare = all || name.startsWith(FOR_ANY) ? name.substring(name.indexOf(':') + 1) : name;
        boolean optional = bare.endsWith(IF_EXISTS);
        bare = optional ? bare.substring(0, bare.length() - IF_EXISTS.length()) : bare;
        Operator operator = operator(bare);
        List<String> values = new ArrayList<>();
        if (expected.isArray()) {
            expected.forEach(value -> values.add(text(name, value)));
        } else {
            values.add(text(name, expected));
        }
        try {
            // Compares once, so that a value that cannot be compared is found when the policy is read.
            for (String value : values) {
                boolean unused = operator.matches().test(value, value);
            }
        } catch (IllegalArgumentException malformed) {
            throw new MalformedPolicyException(
                    "Condition.%s.%s cannot be compared: %s".formatted(name, key, malformed.getMessage()));
        }
        return new PolicyCondition(
                key.toLowerCase(Locale.ROOT), values, operator, optional || all || operator.negated());
    }

    private static String text(String name, JsonNode value) {
        if (!value.isValueNode() || value.isNull()) {
            throw new MalformedPolicyException("Condition.%s has a value that is not text: %s".formatted(name, value));
        }
        return value.asText();
    }

    private static Operator operator(String name) {
        if (name.equals("Null")) {
            return new Operator(String::equalsIgnoreCase, false, true);
        }
        BiPredicate<String, String> positive = ConditionOperators.named(name);
        if (positive != null) {
            return new Operator(positive, false, false);
        }
        BiPredicate<String, String> negated =
                NEGATED.matcher(name).matches() ? ConditionOperators.named(name.replace("Not", "")) : null;
        if (negated == null) {
            throw new MalformedPolicyException("Condition has the unknown operator '" + name + "'");
        }
        return new Operator(negated, true, false);
    }

    /** Returns whether the comparison holds for a request. */
    boolean holds(RequestKeys keys) {
        @Nullable String actual = keys.value(key);
        if (operator.nullCheck()) {
            return values.contains(String.valueOf(actual == null));
        }
        if (actual == null) {
            return holdsWithoutValue;
        }
        return values.stream().anyMatch(value -> matches(value, actual)) != operator.negated();
    }

    private boolean matches(String value, String actual) {
        try {
            return operator.matches().test(value, actual);
        } catch (IllegalArgumentException otherType) {
            // Values of different types are never equal, whatever the policy compares.
            return false;
        }
    }
}
