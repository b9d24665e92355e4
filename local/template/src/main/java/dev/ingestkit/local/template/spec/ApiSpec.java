package dev.ingestkit.local.template.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A REST API with one stage.
 *
 * @param id the API's id in URLs and ARNs: the tag {@code _custom_id_}, else made of the stack's and the API's name
 * @param body the OpenAPI document, resolved. What the template says beside it (authorizers, gateway responses, binary
 *     types, CORS) is in it as API Gateway's extensions, as SAM puts it there
 * @param stageVariables {@code $stageVariables}
 * @param accessLogFormat the line for each request; empty when none is written
 */
public record ApiSpec(
        String logicalId,
        String id,
        String name,
        String stageName,
        JsonNode body,
        Map<String, String> stageVariables,
        List<MethodSetting> methodSettings,
        Optional<String> accessLogFormat,
        boolean tracing,
        Map<String, String> tags) {

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
        requireNonNull(stageName, "stageName");
        requireNonNull(body, "body");
        stageVariables = Map.copyOf(stageVariables);
        methodSettings = List.copyOf(methodSettings);
        tags = Map.copyOf(tags);
    }
}
