package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A REST API with its stage.
 *
 * @param id the API's id in URLs and ARNs: the tag {@code _custom_id_}, else derived from the names of stack and API
 * @param body the OpenAPI document, resolved. Authorizers, gateway responses and binary types that the template
 *     declares beside it are in it as API Gateway's extensions, where SAM puts them; so are methods that the template
 *     declares as resources
 * @param positions the positions of the document's parts in the template
 */
public record ApiSpec(
        String logicalId,
        String id,
        String name,
        JsonNode body,
        Stage stage,
        Map<String, String> tags,
        ApiPositions positions) {

    /**
     * The stage that serves the API.
     *
     * @param variables {@code $stageVariables}
     * @param accessLogFormat the line for each request; empty when none is written
     * @param apiKeys the values of the enabled API keys of the stage's usage plans
     */
    public record Stage(
            String name,
            Map<String, String> variables,
            List<MethodSetting> methodSettings,
            Optional<String> accessLogFormat,
            boolean tracing,
            Set<String> apiKeys) {

        public Stage {
            requireNonNull(name, "name");
            variables = Map.copyOf(variables);
            methodSettings = List.copyOf(methodSettings);
            requireNonNull(accessLogFormat, "accessLogFormat");
            apiKeys = Set.copyOf(apiKeys);
        }
    }

    /**
     * Settings of a stage for some methods.
     *
     * @param resourcePath {@code /*} for all, else a path with {@code ~1} for its slashes as in the template
     * @param httpMethod {@code *} for all
     * @param rateLimit requests a second; empty for the account's limit
     * @param burstLimit requests at once; empty for the account's limit
     */
    public record MethodSetting(
            String resourcePath, String httpMethod, Optional<Double> rateLimit, Optional<Integer> burstLimit) {}

    public ApiSpec {
        requireNonNull(logicalId, "logicalId");
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(body, "body");
        requireNonNull(stage, "stage");
        tags = Map.copyOf(tags);
        requireNonNull(positions, "positions");
    }
}
