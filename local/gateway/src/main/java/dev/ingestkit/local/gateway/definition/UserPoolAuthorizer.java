package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An authorizer of a REST API that takes the tokens of Cognito user pools. Immutable.
 *
 * @param name the security scheme's name
 * @param token the request's token
 * @param validation the pattern that the token must match; null for none
 * @param issuers the issuers of the pools' tokens
 * @param scopes the scopes of which an access token must have one; empty where the method takes identity tokens
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html">Cognito
 *     user pools as authorizers</a>
 */
public record UserPoolAuthorizer(
        String name, ParameterSource token, @Nullable Pattern validation, List<String> issuers, List<String> scopes) {

    private static final String POOL = "userpool/";

    public UserPoolAuthorizer {
        issuers = List.copyOf(issuers);
        scopes = List.copyOf(scopes);
    }

    UserPoolAuthorizer withScopes(List<String> wanted) {
        return new UserPoolAuthorizer(name, token, validation, issuers, wanted);
    }

    /** Returns the issuers of pools, which are given by their ARNs. */
    static List<String> issuers(Located arns) {
        List<String> issuers = new ArrayList<>();
        for (Located at : arns.items()) {
            Arn arn = Arn.tryParse(at.requiredText())
                    .filter(each -> each.service().equals("cognito-idp")
                            && each.resource().startsWith(POOL))
                    .orElseThrow(() -> at.problem("is not the ARN of a Cognito user pool: " + at.requiredText()));
            issuers.add("https://cognito-idp.%s.amazonaws.com/%s"
                    .formatted(arn.region(), arn.resource().substring(POOL.length())));
        }
        if (issuers.isEmpty()) {
            throw arns.problem("is missing: the authorizer needs the ARN of a user pool");
        }
        return issuers;
    }
}
