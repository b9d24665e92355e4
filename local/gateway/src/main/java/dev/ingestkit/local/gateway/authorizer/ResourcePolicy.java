package dev.ingestkit.local.gateway.authorizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.MalformedPolicyException;
import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The policy of an API: who may call which of its methods under which conditions. A resource may be written without the
 * API's ARN, {@code execute-api:/stage/GET/path}. Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html">how the
 *     policy and an authorizer decide together</a>
 */
public final class ResourcePolicy {

    private static final String ABBREVIATION = "execute-api:/";

    private record Statement(AuthorizerPolicy.Statement rule, List<String> principals, boolean negated) {

        /** The runtime has no users: a signed request is the account's own. */
        boolean names(Optional<String> account) {
            boolean named = principals.stream()
                    .anyMatch(principal -> principal.equals("*")
                            || account.filter(own ->
                                            principal.equals(own) || principal.equals("arn:aws:iam::" + own + ":root"))
                                    .isPresent());
            return named != negated;
        }
    }

    private final List<Statement> statements;

    private ResourcePolicy(List<Statement> statements) {
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a policy document.
     *
     * @param apiId the API's id, for abbreviated resources
     * @throws MalformedPolicyException if it is not a policy
     */
    public static ResourcePolicy parse(JsonNode document, String apiId) {
        List<Statement> statements = new ArrayList<>();
        String prefix = "arn:aws:execute-api:*:*:" + apiId + "/";
        for (JsonNode node : AuthorizerPolicy.statements(document)) {
            boolean negated = node.has("NotPrincipal");
            List<String> principals = principals(node.path(negated ? "NotPrincipal" : "Principal"));
            AuthorizerPolicy.Statement rule = AuthorizerPolicy.statement(node)
                    .withResources(resource -> resource.startsWith(ABBREVIATION)
                            ? prefix + resource.substring(ABBREVIATION.length())
                            : resource);
            statements.add(new Statement(rule, principals, negated));
        }
        return new ResourcePolicy(statements);
    }

    private static List<String> principals(JsonNode principal) {
        List<String> principals = new ArrayList<>();
        JsonNode named = principal.isObject() ? principal.path("AWS") : principal;
        if (named.isArray()) {
            named.forEach(one -> principals.add(one.asText()));
        } else if (named.isTextual()) {
            principals.add(named.asText());
        }
        if (principals.isEmpty() && !principal.isObject()) {
            throw new MalformedPolicyException("Principal is missing in a statement of the API's policy");
        }
        return principals;
    }

    /**
     * Evaluates the policy.
     *
     * @param account the account of a signed request; empty for an anonymous one
     */
    public Verdict verdict(String methodArn, RequestKeys keys, Optional<String> account) {
        return AuthorizerPolicy.verdict(
                statements.stream()
                        .filter(statement -> statement.names(account))
                        .map(Statement::rule)
                        .toList(),
                methodArn,
                keys);
    }
}
