package dev.ingestkit.local.gateway;

import static dev.ingestkit.local.gateway.definition.GatewayResponseType.ACCESS_DENIED;

import dev.ingestkit.local.gateway.authorizer.AuthorizerPolicy.Verdict;
import dev.ingestkit.local.gateway.authorizer.RequestKeys;
import dev.ingestkit.local.gateway.definition.MethodAccess;
import dev.ingestkit.local.http.HttpRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Applies an API's resource policy as AWS's evaluation tables for one account say: a Deny always refuses; a method
 * without authorization needs an Allow, while one with an authorizer or a signature does not. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html">the
 *     evaluation</a>
 */
final class ResourcePolicyGate {

    private static final int SHOWN_DIGITS = 4;

    private ResourcePolicyGate() {}

    static RequestKeys keys(HttpRequest request, Instant time) {
        return RequestKeys.of(request.remoteAddress(), time, request.header("user-agent"), request.header("referer"));
    }

    /** Refuses a request that the policy refuses before any authorizer is asked. */
    static void admit(Exchange exchange, String methodArn) {
        verdict(exchange, methodArn).ifPresent(verdict -> {
            MethodAccess access = exchange.method().access();
            boolean decidedElsewhere = access.authorizer() != null || access.signed();
            if (verdict == Verdict.EXPLICIT_DENY) {
                throw refused(exchange, methodArn, " with an explicit deny");
            }
            if (verdict == Verdict.DENY && !decidedElsewhere) {
                throw refused(exchange, methodArn, "");
            }
        });
    }

    /** Returns whether the API has a policy that allows the request. */
    static boolean allows(Exchange exchange, String methodArn) {
        return verdict(exchange, methodArn).filter(Verdict.ALLOW::equals).isPresent();
    }

    private static Optional<Verdict> verdict(Exchange exchange, String methodArn) {
        Optional<String> account = exchange.method().access().signed()
                ? Optional.of(exchange.deployment().account())
                : Optional.empty();
        return exchange.deployment()
                .definition()
                .policy()
                .map(policy -> policy.verdict(methodArn, keys(exchange.request(), exchange.startedAt()), account));
    }

    /** Returns a refusal, which shows only the last digits of the account's number, as on AWS. */
    private static RequestRejectedException refused(Exchange exchange, String methodArn, String reason) {
        String account = exchange.deployment().account();
        int hidden = Math.max(0, account.length() - SHOWN_DIGITS);
        String shown =
                methodArn.replace(":" + account + ":", ":" + "*".repeat(hidden) + account.substring(hidden) + ":");
        String user = exchange.method().access().signed() ? "arn:aws:iam::%s:root".formatted(account) : "anonymous";
        return RequestRejectedException.saying(
                ACCESS_DENIED,
                "User: %s is not authorized to perform: execute-api:Invoke on resource: %s%s"
                        .formatted(user, shown, reason));
    }
}
