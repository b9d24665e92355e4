package dev.ingestkit.local.gateway.definition;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.document.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a stage. Immutable.
 *
 * @param name the stage's name, the first step of every path
 * @param variables stage variables by name
 * @param throttles the method settings that limit the rate; the most specific one applies
 * @param apiKeys the values of the enabled API keys of the stage's usage plans
 */
public record StageSettings(
        String name, Map<String, String> variables, List<MethodThrottle> throttles, Set<String> apiKeys) {

    public StageSettings {
        requireNonNull(name, "name");
        variables = Map.copyOf(variables);
        throttles = List.copyOf(throttles);
        apiKeys = Set.copyOf(apiKeys);
    }

    /**
     * A rate limit for one method or for many.
     *
     * @param resourcePath {@code /submit/{id}}, or {@code /*} for every resource
     * @param httpMethod in upper case, or {@code *}
     * @param ratePerSecond steady requests a second; negative for no limit
     * @param burst requests at once; negative for no limit
     */
    public record MethodThrottle(String resourcePath, String httpMethod, double ratePerSecond, int burst) {
        public MethodThrottle {
            requireNonNull(resourcePath, "resourcePath");
            requireNonNull(httpMethod, "httpMethod");
        }
    }

    public static StageSettings named(String name) {
        return new StageSettings(name, Map.of(), List.of(), Set.of());
    }

    /**
     * Reads the properties of a stage resource ({@code Variables}, {@code MethodSettings}), references resolved.
     *
     * @param properties of {@code AWS::ApiGateway::Stage} or {@code AWS::Serverless::Api}, whose names are the same
     * @throws ApiDefinitionException if a setting has the wrong form
     */
    public static StageSettings of(String name, JsonNode properties) {
        Located stage = new Located(properties, "$.Properties");
        Map<String, String> variables = new LinkedHashMap<>();
        stage.get("Variables").fields().forEach((variable, value) -> variables.put(variable, value.requiredText()));
        List<MethodThrottle> throttles = new ArrayList<>();
        for (Located setting : stage.get("MethodSettings").items()) {
            boolean limits = setting.get("ThrottlingRateLimit").present()
                    || setting.get("ThrottlingBurstLimit").present();
            if (limits) {
                throttles.add(throttle(setting));
            }
        }
        return new StageSettings(name, variables, throttles, Set.of());
    }

    private static MethodThrottle throttle(Located setting) {
        Located rate = setting.get("ThrottlingRateLimit");
        // In method settings a slash inside the path is written ~1, as in a JSON pointer.
        String path = setting.get("ResourcePath").text().orElse("/*").replace("~1", "/");
        String normal = path.startsWith("//") ? path.substring(1) : path;
        return new MethodThrottle(
                normal,
                setting.get("HttpMethod").text().orElse("*"),
                rate.text().map(text -> number(rate, text)).orElse(-1.0),
                setting.get("ThrottlingBurstLimit").integer().orElse(-1));
    }

    private static double number(Located at, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            throw at.problem("must be a number, found \"" + text + "\"");
        }
    }
}
