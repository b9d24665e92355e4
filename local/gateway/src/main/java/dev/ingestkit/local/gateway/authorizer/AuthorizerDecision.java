package dev.ingestkit.local.gateway.authorizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked answer of an authorizer. Immutable.
 *
 * @param context the members of {@code $context.authorizer} besides {@code principalId}: strings, numbers, booleans,
 *     nulls
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output from a Lambda authorizer</a>
 */
public record AuthorizerDecision(String principalId, AuthorizerPolicy policy, Map<String, @Nullable Object> context) {

    /**
     * Reads an answer.
     *
     * @throws MalformedPolicyException if the answer does not have the form that API Gateway requires
     */
    public static AuthorizerDecision parse(JsonNode answer) {
        JsonNode principal = answer.path("principalId");
        if (!principal.isValueNode() || principal.isNull() || principal.asText().isEmpty()) {
            throw new MalformedPolicyException("principalId is missing");
        }
        if (!answer.path("policyDocument").isObject()) {
            throw new MalformedPolicyException("policyDocument is missing");
        }
        return new AuthorizerDecision(
                principal.asText(), AuthorizerPolicy.parse(answer.get("policyDocument")), context(answer));
    }

    /** Returns {@code $context.authorizer} of a mapping template, where values are strings as on AWS. */
    public Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        context.forEach((name, value) -> {
            if (value != null) {
                variables.put(name, value.toString());
            }
        });
        variables.put("principalId", principalId);
        return variables;
    }

    /** Returns the members of a function's {@code requestContext.authorizer}: strings, and null if a value is null. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        context.forEach((name, value) -> members.put(name, value == null ? null : value.toString()));
        members.put("principalId", principalId);
        return members;
    }

    private static Map<String, @Nullable Object> context(JsonNode answer) {
        JsonNode context = answer.path("context");
        if (context.isMissingNode() || context.isNull()) {
            return Map.of();
        }
        if (!context.isObject()) {
            throw new MalformedPolicyException("context must be an object");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        context.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isContainerNode()) {
                throw new MalformedPolicyException("context." + field.getKey()
                        + " must be a string, a number or a boolean: API Gateway takes no objects and lists");
            }
            values.put(field.getKey(), plain(value));
        });
        return values;
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isNull() || value.isTextual()) {
            return value.textValue();
        }
        return value.isBoolean() ? (Object) value.booleanValue() : value.numberValue();
    }
}
