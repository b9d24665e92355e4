package dev.ingestkit.local.gateway.definition;

import org.jspecify.annotations.Nullable;

/**
 * The conditions under which a method answers a client. Immutable.
 *
 * @param authorizer the function that decides; null if none does
 * @param userPools the authorizer that checks a token; null if none does
 * @param signed whether a request needs a signature (IAM). Its presence is checked, as everywhere in this runtime, and
 *     neither its value nor the caller's permissions
 * @param apiKey whether a request needs the value of an API key of the stage's usage plans
 */
public record MethodAccess(
        @Nullable LambdaAuthorizer authorizer, @Nullable UserPoolAuthorizer userPools, boolean signed, boolean apiKey) {

    static final MethodAccess OPEN = new MethodAccess(null, null, false, false);
}
