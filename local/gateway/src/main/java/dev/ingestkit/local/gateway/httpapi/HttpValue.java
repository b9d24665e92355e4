package dev.ingestkit.local.gateway.httpapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.gateway.expression.JsonPathExpression;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.expression.RequestValues;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of HTTP APIs' parameter mapping: plain text, one variable ({@code $request.header.name}), or text with
 * variables in braces ({@code ${context.requestId}}). Immutable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html">Parameter
 *     mapping</a>
 */
public final class HttpValue {

    private static final Pattern WHOLE =
            Pattern.compile("\\$((?:request|response|context|stageVariables)\\b[^${}\\s]*)");
    private static final Pattern BRACES = Pattern.compile("\\$\\{([^}]+)}");

    private final String text;

    private HttpValue(String text) {
        this.text = text;
    }

    /** Reads a value; any text is one. */
    public static HttpValue of(String text) {
        return new HttpValue(text);
    }

    /** Returns the value for a request; null if its only variable has none. */
    public @Nullable String resolve(RequestValues values) {
        Matcher whole = WHOLE.matcher(text);
        if (whole.matches()) {
            return variable(whole.group(1), values);
        }
        Matcher matcher = BRACES.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String value = variable(matcher.group(1), values);
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(value == null ? "" : value));
        }
        return matcher.appendTail(resolved).toString();
    }

    private static @Nullable String variable(String name, RequestValues values) {
        String[] parts = name.split("\\.", 3);
        String rest = parts.length == 3 ? parts[2] : "";
        String kind = parts.length > 1 ? parts[0] + "." + parts[1] : parts[0];
        return switch (kind) {
            case "request.header" -> joined(values.headers().all().get(rest));
            case "request.querystring" -> joined(values.query().all().get(rest));
            case "request.path" ->
                rest.isEmpty() ? values.pathText() : values.pathParameters().get(rest);
            case "request.body" -> rest.isEmpty() ? values.bodyText() : member(values.bodyText(), rest);
            case "response.header" -> joined(values.answerHeaders().get(rest));
            case "response.body" -> rest.isEmpty() ? values.answerText() : member(values.answerText(), rest);
            default ->
                parts[0].equals("stageVariables")
                        ? values.stageVariables().get(name.substring(name.indexOf('.') + 1))
                        : parts[0].equals("context")
                                ? text(values.contextValue(name.substring(name.indexOf('.') + 1)))
                                : null;
        };
    }

    private static @Nullable String joined(@Nullable List<String> values) {
        return values == null ? null : String.join(",", values);
    }

    private static @Nullable String member(String json, String path) {
        try {
            return text(JsonPathExpression.of("$." + path).read(JsonValues.parse(json)));
        } catch (JsonProcessingException notJson) {
            // A body that is not JSON has no members.
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        return JsonValues.print(value);
    }
}
