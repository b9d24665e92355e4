package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One method of one resource, ready to serve. Immutable.
 *
 * @param httpMethod in upper case, or {@link #ANY}
 * @param authorizer who decides; null for an open method
 * @param requiredParameters what the request validator insists on; empty without a validator
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

    /** A parameter that must be there. */
    public record RequiredParameter(String name, ParameterSource source) {}
}
