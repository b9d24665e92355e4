package dev.ingestkit.local.gateway.authorizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Evaluates the policy that an authorizer returned against a method's ARN: an explicit Deny wins, and without an Allow
 * nothing is allowed. Immutable, so that a cached policy serves every request that it covers.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html">Output from a Lambda authorizer</a>
 */
public final class AuthorizerPolicy {

    private static final String INVOKE = "execute-api:invoke";
    private static final int MAX_RESOURCE_CHARACTERS = 512;

    /** The verdict of a policy on one method. */
    public enum Verdict {
        ALLOW,
        DENY,
        EXPLICIT_DENY
    }

    record Statement(
            boolean allow,
            List<String> actions,
            boolean notActions,
            List<String> resources,
            boolean notResources,
            List<PolicyCondition> conditions) {

        boolean covers(String methodArn, RequestKeys keys) {
            boolean action = actions.stream().anyMatch(pattern -> Wildcard.matches(pattern, INVOKE)) != notActions;
            return action
                    && resources.stream().anyMatch(pattern -> Wildcard.matches(pattern, methodArn)) != notResources
                    && conditions.stream().allMatch(condition -> condition.holds(keys));
        }

        Statement withResources(UnaryOperator<String> change) {
            List<String> changed = resources.stream().map(change).toList();
            return new Statement(allow, actions, notActions, changed, notResources, conditions);
        }
    }

    private final List<Statement> statements;

    private AuthorizerPolicy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a policy document.
     *
     * @throws MalformedPolicyException if it is not a policy
     */
    public static AuthorizerPolicy parse(JsonNode document) {
        return new AuthorizerPolicy(
                statements(document).stream().map(AuthorizerPolicy::statement).toList());
    }

    static List<JsonNode> statements(JsonNode document) {
        JsonNode statement = document.path("Statement");
        if (statement.isObject()) {
            return List.of(statement);
        }
        if (!statement.isArray()) {
            throw new MalformedPolicyException("policyDocument.Statement must be a statement or a list of them");
        }
        List<JsonNode> statements = new ArrayList<>();
        statement.forEach(statements::add);
        return statements;
    }

    /** Evaluates the policy for a method and the values of a request that its conditions name. */
    public Verdict verdict(String methodArn, RequestKeys keys) {
        return verdict(statements, methodArn, keys);
    }

    static Verdict verdict(List<Statement> statements, String methodArn, RequestKeys keys) {
        boolean allowed = false;
        for (Statement statement : statements) {
            if (statement.covers(methodArn, keys)) {
                if (!statement.allow()) {
                    return Verdict.EXPLICIT_DENY;
                }
                allowed = true;
            }
        }
        return allowed ? Verdict.ALLOW : Verdict.DENY;
    }

    static Statement statement(JsonNode node) {
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new MalformedPolicyException("Effect must be Allow or Deny, found \"" + effect + "\"");
        }
        Optional<List<String>> notActions = patterns(node, "NotAction");
        Optional<List<String>> notResources = patterns(node, "NotResource");
        List<String> actions = notActions.orElseGet(() -> required(node, "Action"));
        List<String> resources = notResources.orElseGet(() -> required(node, "Resource"));
        for (String resource : resources) {
            if (resource.length() > MAX_RESOURCE_CHARACTERS) {
                throw new MalformedPolicyException("a Resource is longer than %d characters: %d"
                        .formatted(MAX_RESOURCE_CHARACTERS, resource.length()));
            }
        }
        List<String> lowerCase =
                actions.stream().map(action -> action.toLowerCase(Locale.ROOT)).toList();
        List<PolicyCondition> conditions =
                node.has("Condition") ? PolicyCondition.parse(node.get("Condition")) : List.of();
        return new Statement(
                effect.equals("Allow"),
                lowerCase,
                notActions.isPresent(),
                resources,
                notResources.isPresent(),
                conditions);
    }

    private static List<String> required(JsonNode node, String name) {
        return patterns(node, name)
                .orElseThrow(() -> new MalformedPolicyException(name + " is missing in a statement of policyDocument"));
    }

    private static Optional<List<String>> patterns(JsonNode statement, String name) {
        JsonNode node = statement.get(name);
        if (node == null || node.isNull()) {
            return Optional.empty();
        }
        List<String> patterns = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(one -> patterns.add(one.asText()));
        } else {
            patterns.add(node.asText());
        }
        if (patterns.isEmpty() || patterns.contains("")) {
            throw new MalformedPolicyException(name + " must be text or a list of texts, found " + node);
        }
        return Optional.of(patterns);
    }

    /** Reports an answer of an authorizer that API Gateway would not accept. */
    public static final class MalformedPolicyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MalformedPolicyException(String problem) {
            super(problem, null, false, false);
        }
    }
}
