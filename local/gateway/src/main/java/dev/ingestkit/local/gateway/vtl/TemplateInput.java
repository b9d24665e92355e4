package dev.ingestkit.local.gateway.vtl;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.gateway.expression.JsonPathExpression;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.expression.RequestValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code $input} of a mapping template: the body and the request's parameters. Public because Velocity calls
 * only public methods of public classes. One for each rendering; not thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables of mapping templates</a>
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

    /** Returns the raw body; {@code {}} for an empty one, as on AWS. */
    public String getBody() {
        return body.isEmpty() ? "{}" : body;
    }

    /** Returns the value at a JSONPath as an object; the empty text if there is none. */
    public Object path(@Nullable Object expression) {
        Object value = read(expression);
        return value == null ? "" : value;
    }

    /** Returns the value at a JSONPath as JSON; an empty JSON string if there is none. */
    public String json(@Nullable Object expression) {
        Object value = read(expression);
        return value == null ? "\"\"" : JsonValues.print(value);
    }

    /** Returns all parameters in the maps {@code path}, {@code querystring} and {@code header}. */
    public Map<String, Map<String, String>> params() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("path", request.pathParameters());
        all.put("querystring", request.query().last());
        all.put("header", request.headers().last());
        return all;
    }

    /** Returns a parameter from path, query or header, searched in this order, or one of the three maps. */
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

    /** Returns the body's value. A body that is not JSON is a single text, as in AWS's lenient parser. */
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
