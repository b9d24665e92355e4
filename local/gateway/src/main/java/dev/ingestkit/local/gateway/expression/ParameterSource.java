package dev.ingestkit.local.gateway.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.document.Located;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source of a mapped parameter's value, compiled at deployment. Immutable.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html">Parameter mapping</a>
 */
public interface ParameterSource {

    /** Returns the value for one request; null if there is none. */
    @Nullable
    String value(RequestValues request);

    /** Reads a mapping expression: {@code method.request.…}, {@code context.…}, {@code 'text'} … */
    static ParameterSource parse(Located at) {
        String text = at.requiredText();
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            String constant = text.substring(1, text.length() - 1);
            return request -> constant;
        }
        int dot = text.indexOf('.');
        String root = dot < 0 ? text : text.substring(0, dot);
        String rest = dot < 0 ? "" : text.substring(dot + 1);
        return switch (root) {
            case "context" -> request -> text(request.contextValue(rest));
            case "stageVariables" -> request -> request.stageVariables().get(rest);
            case "method" -> request(at, rest, "request.");
            case "integration" -> response(at, rest);
            default -> throw unknown(at, text);
        };
    }

    private static ParameterSource request(Located at, String rest, String prefix) {
        if (!rest.startsWith(prefix)) {
            throw unknown(at, at.requiredText());
        }
        String source = rest.substring(prefix.length());
        int dot = source.indexOf('.');
        String kind = dot < 0 ? source : source.substring(0, dot);
        String name = dot < 0 ? "" : source.substring(dot + 1);
        return switch (kind) {
            case "path" -> request -> request.pathParameters().get(name);
            case "querystring" -> request -> request.query().last().get(name);
            case "header" -> request -> request.headers().last().get(name);
            case "multivaluequerystring" -> request -> joined(request.query().all(), name);
            case "multivalueheader" -> request -> joined(request.headers().all(), name);
            case "body" -> body(name, RequestValues::bodyText);
            default -> throw unknown(at, at.requiredText());
        };
    }

    private static ParameterSource response(Located at, String rest) {
        if (!rest.startsWith("response.")) {
            throw unknown(at, at.requiredText());
        }
        String source = rest.substring("response.".length());
        int dot = source.indexOf('.');
        String kind = dot < 0 ? source : source.substring(0, dot);
        String name = dot < 0 ? "" : source.substring(dot + 1);
        return switch (kind) {
            case "header" -> request -> last(request.answerHeaders(), name);
            case "multivalueheader" -> request -> joined(request.answerHeaders(), name);
            case "body" -> body(name, request -> request.answerText());
            default -> throw unknown(at, at.requiredText());
        };
    }

    private static ParameterSource body(String jsonPath, java.util.function.Function<RequestValues, String> body) {
        if (jsonPath.isEmpty()) {
            return body::apply;
        }
        JsonPathExpression expression = JsonPathExpression.of(jsonPath.startsWith("$") ? jsonPath : "$." + jsonPath);
        return request -> {
            try {
                return text(expression.read(JsonValues.parse(body.apply(request))));
            } catch (JsonProcessingException notJson) {
                // A body that is not JSON has no members: the parameter is left out, as on AWS.
                return null;
            }
        };
    }

    private static @Nullable String last(Map<String, List<String>> values, String name) {
        List<String> all = values.get(name);
        return all == null || all.isEmpty() ? null : all.get(all.size() - 1);
    }

    private static @Nullable String joined(Map<String, List<String>> values, String name) {
        List<String> all = values.get(name);
        return all == null ? null : String.join(",", all);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value instanceof String text ? text : JsonValues.print(value);
    }

    private static ApiDefinitionException unknown(Located at, String text) {
        return at.problem(("\"%s\" is not a mapping expression. Use method.request.{path|querystring|header|body}…, "
                        + "integration.response.{header|body}…, context.…, stageVariables.… or 'text' in quotes")
                .formatted(text));
    }
}
