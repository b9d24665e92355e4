package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy;
import dev.ingestkit.local.gateway.authorizer.RequestKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an HTTP API's authorizer. Immutable.
 *
 * @param allowed the simple answer; without effect where there is a policy
 * @param policy the policy of the other form of answer; null for a simple one
 * @param principal the principal of a policy's answer; empty for a simple one
 * @param context the members of the authorizer's context
 */
record HttpDecision(
        boolean allowed, @Nullable AuthorizerPolicy policy, String principal, Map<String, @Nullable Object> context) {

    boolean allows(String arn, RequestKeys keys) {
        return policy == null ? allowed : policy.verdict(arn, keys) == AuthorizerPolicy.Verdict.ALLOW;
    }
}
