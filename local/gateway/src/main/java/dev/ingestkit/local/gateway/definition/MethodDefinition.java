package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.List;
import java.util.Map;

/**
 * A method of a resource, ready to serve. Immutable.
 *
 * @param httpMethod in upper case, or {@link #ANY}
 * @param access the conditions under which the method answers
 * @param requiredParameters the parameters that the request validator requires; empty without a validator
 * @param models the body's schema by media type; empty without a validator
 */
public record MethodDefinition(
        String httpMethod,
        String resourcePath,
        String resourceId,
        MethodAccess access,
        List<RequiredParameter> requiredParameters,
        Map<String, BodyModel> models,
        Integration integration) {

    static final String ANY = "ANY";

    /** A required parameter. */
    public record RequiredParameter(String name, ParameterSource source) {}
}
