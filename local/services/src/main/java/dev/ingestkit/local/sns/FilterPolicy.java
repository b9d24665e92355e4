package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.pattern.EventPattern;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription's filter policy, over a message's attributes or its body. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html">Filter policies</a>
 */
final class FilterPolicy {

    /** The part of a message that a policy sees. */
    enum Scope {
        ATTRIBUTES("MessageAttributes"),
        BODY("MessageBody");

        private final String label;

        Scope(String label) {
            this.label = label;
        }

        /** Reads the value of the attribute FilterPolicyScope; empty if SNS has no such scope. */
        static Optional<Scope> of(String label) {
            for (Scope scope : values()) {
                if (scope.label.equals(label)) {
                    return Optional.of(scope);
                }
            }
            return Optional.empty();
        }
    }

    private final EventPattern pattern;
    private final Scope scope;

    private FilterPolicy(EventPattern pattern, Scope scope) {
        this.pattern = pattern;
        this.scope = requireNonNull(scope, "scope");
    }

    /**
     * Reads a policy.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException InvalidParameter for a policy that SNS rejects
     */
    static FilterPolicy parse(String json, Scope scope) {
        try {
            return new FilterPolicy(EventPattern.parse(Json.exactMapper().readTree(json)), scope);
        } catch (IOException notJson) {
            throw SnsErrors.invalid("FilterPolicy: failed to parse JSON.");
        } catch (IllegalArgumentException rejected) {
            throw SnsErrors.invalid("FilterPolicy: " + rejected.getMessage());
        }
    }

    /** Returns whether a message passes. A body that is not a JSON object passes no policy on bodies. */
    boolean passes(String body, ObjectNode attributes) {
        if (scope == Scope.ATTRIBUTES) {
            return pattern.matches(values(attributes));
        }
        try {
            JsonNode tree = Json.exactMapper().readTree(body);
            return tree.isObject() && pattern.matches(tree);
        } catch (IOException notJson) {
            return false;
        }
    }

    private static ObjectNode values(ObjectNode attributes) {
        ObjectNode values = Json.mapper().createObjectNode();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            value(attribute.getValue()).ifPresent(value -> values.set(attribute.getKey(), value));
        }
        return values;
    }

    /** Returns the value that policies compare: policies do not see binary attributes. */
    private static Optional<JsonNode> value(JsonNode attribute) {
        String text = attribute.path("StringValue").asText("");
        String type = attribute.path("DataType").asText();
        try {
            if (type.equals("String.Array")) {
                return Optional.of(Json.exactMapper().readTree(text));
            }
            if (type.equals("Number") || type.startsWith("Number.")) {
                return Optional.of(DecimalNode.valueOf(new BigDecimal(text)));
            }
        } catch (IOException | NumberFormatException malformed) {
            return Optional.empty();
        }
        return type.equals("Binary") || type.startsWith("Binary.")
                ? Optional.empty()
                : Optional.of(Json.mapper().getNodeFactory().textNode(text));
    }
}
