package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP API with one of its stages.
 *
 * @param id the API's id in URLs and ARNs: the tag {@code _custom_id_}, else derived from the names of stack and API
 * @param body the OpenAPI document, resolved; routes, authorizers and CORS settings that the template declares beside it
 *     are in it as API Gateway's extensions
 * @param positions the positions of the document's parts in the template
 */
public record HttpApiSpec(
        String logicalId, String id, String name, JsonNode body, Stage stage, ApiPositions positions) {

    /**
     * The stage that the API is served by.
     *
     * @param name {@code $default} for a stage that is served without its name
     * @param variables the stage's variables
     * @param routeSettings the limits of routes; the most specific one applies
     */
    public record Stage(String name, Map<String, String> variables, List<RouteSetting> routeSettings) {
        public Stage {
            requireNonNull(name, "name");
            variables = Map.copyOf(variables);
            routeSettings = List.copyOf(routeSettings);
        }
    }

    /**
     * The limits of some routes of a stage.
     *
     * @param routeKey {@code GET /things}; empty for all routes
     * @param rateLimit requests a second; empty for the account's limit
     * @param burstLimit requests at once; empty for the account's limit
     */
    public record RouteSetting(Optional<String> routeKey, Optional<Double> rateLimit, Optional<Integer> burstLimit) {}

    public HttpApiSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(body, "body");
        requireNonNull(stage, "stage");
        requireNonNull(positions, "positions");
    }
}
