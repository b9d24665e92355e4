package dev.ingestkit.local.gateway.vtl;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.gateway.expression.JsonPathExpression;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.expression.RequestValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code $input} of a mapping template: the body, and where the request's parameters are. Public because Velocity calls
 * public methods of public classes only. One per rendering; not thread-safe.
 */
public final class TemplateInput {

    private final String body;
    private final RequestValues request;
    private @Nullable Object parsed;
    private boolean parsedYet;

    public TemplateInput(String body, RequestValues request) {
        this.body = body;
        this.request = request;
    }

    /** The raw body; {@code {}} for an empty one, as AWS gives it. */
    public String getBody() {
        return body.isEmpty() ? "{}" : body;
    }

    /** What a JSONPath leads to, as an object to go on from; the empty text if there is nothing. */
    public Object path(@Nullable Object expression) {
        Object value = read(expression);
        return value == null ? "" : value;
    }

    /** What a JSONPath leads to, printed as JSON; an empty JSON string if there is nothing. */
    public String json(@Nullable Object expression) {
        Object value = read(expression);
        return value == null ? "\"\"" : JsonValues.print(value);
    }

    /** All parameters: maps {@code path}, {@code querystring} and {@code header}. */
    public Map<String, Map<String, String>> params() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("path", request.pathParameters());
        all.put("querystring", request.query().last());
        all.put("header", request.headers().last());
        return all;
    }

    /** A parameter, or one of the three maps, looked for in path, query and header in this order. */
    public Object params(@Nullable Object name) {
        String key = name == null ? "" : name.toString();
        String value = request.pathParameters().get(key);
        if (value == null) {
            value = request.query().last().get(key);
        }
        if (value == null) {
            value = request.headers().last().get(key);
        }
        if (value != null) {
            return value;
        }
        Map<String, String> group = params().get(key);
        return group == null ? "" : group;
    }

    private @Nullable Object read(@Nullable Object expression) {
        String path = expression == null ? "$" : expression.toString();
        return JsonPathExpression.of(path).read(document());
    }

    /** The body's value. A body that is no JSON is one text, as AWS's lenient parser takes it. */
    private @Nullable Object document() {
        if (!parsedYet) {
            try {
                parsed = JsonValues.parse(getBody());
            } catch (JsonProcessingException notJson) {
                parsed = body;
            }
            parsedYet = true;
        }
        return parsed;
    }
}
