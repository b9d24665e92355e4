package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A method of a resource, ready to serve. Immutable.
 *
 * @param httpMethod in upper case, or {@link #ANY}
 * @param authorizer the authorizer that decides; null for an open method
 * @param requiredParameters the parameters that the request validator requires; empty without a validator
 * @param models the body's schema by media type; empty without a validator
 */
public record MethodDefinition(
        String httpMethod,
        String resourcePath,
        String resourceId,
        @Nullable LambdaAuthorizer authorizer,
        List<RequiredParameter> requiredParameters,
        Map<String, BodyModel> models,
        Integration integration) {

    static final String ANY = "ANY";

    /** A required parameter. */
    public record RequiredParameter(String name, ParameterSource source) {}
}
