package dev.ingestkit.local.gateway.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.authorizer.ResourcePolicy;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one REST API, parsed once and ready to serve: routes, authorizers, models, integrations with their
 * templates, gateway responses. Immutable, a snapshot as AWS's deployments are: a change is a new definition given to
 * the gateway.
 */
public final class ApiDefinition {

    private final String id;
    private final StageSettings stage;
    private final RouteTable routes;
    private final Map<GatewayResponseType, GatewayResponse> responses;
    private final Set<String> binaryMediaTypes;
    private final @Nullable ResourcePolicy policy;
    private final List<String> warnings;

    ApiDefinition(
            String id,
            StageSettings stage,
            RouteTable routes,
            Map<GatewayResponseType, GatewayResponse> responses,
            Set<String> binaryMediaTypes,
            @Nullable ResourcePolicy policy,
            List<String> warnings) {
        this.id = id;
        this.stage = stage;
        this.routes = routes;
        this.responses = Map.copyOf(responses);
        this.binaryMediaTypes = Set.copyOf(binaryMediaTypes);
        this.policy = policy;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Parses an OpenAPI 3.0 or Swagger 2.0 body with API Gateway's extensions.
     *
     * @param id the API's id, as in its URLs
     * @param body the whole document, template functions resolved
     * @throws ApiDefinitionException if the body cannot be deployed; the message names the position and the value
     */
    public static ApiDefinition parse(String id, JsonNode body, StageSettings stage) {
        return new OpenApiParser(id, body, stage).parse();
    }

    public String id() {
        return id;
    }

    /** Returns the stage's name. */
    public String stageName() {
        return stage.name();
    }

    /** Returns the unsupported parts of the body, one sentence each, with the position. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the API's resource policy, if it has one. */
    public Optional<ResourcePolicy> policy() {
        return Optional.ofNullable(policy);
    }

    public StageSettings stage() {
        return stage;
    }

    public RouteTable routes() {
        return routes;
    }

    public Map<GatewayResponseType, GatewayResponse> responses() {
        return responses;
    }

    public Set<String> binaryMediaTypes() {
        return binaryMediaTypes;
    }
}
