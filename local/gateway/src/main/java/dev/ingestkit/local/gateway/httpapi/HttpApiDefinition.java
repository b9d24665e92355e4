package dev.ingestkit.local.gateway.httpapi;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.definition.StageSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one HTTP API, ready to serve. Immutable: a change is a new definition given to the gateway.
 *
 * @param id the API's id, as in its URLs
 * @param cors the API's CORS policy; null without one
 * @param warnings the unsupported parts of the document, one sentence each, with the position
 */
public record HttpApiDefinition(
        String id,
        StageSettings stage,
        HttpRoutes routes,
        @Nullable CorsPolicy cors,
        List<String> warnings) {

    /** The stage that is served without its name in the path. */
    public static final String DEFAULT_STAGE = "$default";

    public HttpApiDefinition {
        requireNonNull(id, "id");
        requireNonNull(stage, "stage");
        requireNonNull(routes, "routes");
        warnings = List.copyOf(warnings);
    }

    /**
     * Parses an OpenAPI 3.0 document with API Gateway's extensions for HTTP APIs.
     *
     * @throws dev.ingestkit.local.gateway.document.ApiDefinitionException if the document cannot be deployed; the
     *     message names the position and the value
     */
    public static HttpApiDefinition parse(String id, JsonNode body, StageSettings stage) {
        return new HttpApiParser(id, body, stage).parse();
    }

    /** Returns whether the stage's name is not part of the path. */
    public boolean isDefaultStage() {
        return stage.name().equals(DEFAULT_STAGE);
    }
}
