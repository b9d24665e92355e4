package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.template.spec.Stack;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * API Gateway's export actions, so that a stack's API documents can be compared with those that are deployed elsewhere.
 * The document is the template's, resolved, in the format in which it is written; any other action is rejected by name.
 * Immutable, thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetExport.html">GetExport</a>
 * @see <a href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-exports-specification.html">
 *     ExportApi</a>
 */
public final class ApiExports implements HttpHandler {

    /** The service's name in credential scopes. */
    public static final String SERVICE = "apigateway";

    private static final Pattern REST = Pattern.compile("/restapis/([^/]+)/stages/([^/]+)/exports/(oas30|swagger)");
    private static final Pattern HTTP = Pattern.compile("/v2/apis/([^/]+)/exports/OAS30");

    private final Stack stack;

    /** Creates the actions for a stack's APIs. */
    public ApiExports(Stack stack) {
        this.stack = requireNonNull(stack, "stack");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return CompletableFuture.completedFuture(response(request));
    }

    private HttpResponse response(HttpRequest request) {
        Matcher rest = REST.matcher(request.rawPath());
        Matcher http = HTTP.matcher(request.rawPath());
        if (request.method().equals("GET") && rest.matches()) {
            return exported(restDocument(rest.group(1), rest.group(2)));
        }
        if (request.method().equals("GET") && http.matches()) {
            return exported(httpDocument(http.group(1)));
        }
        return error(
                501,
                "NotImplementedException",
                "The embedded runtime does not run apigateway %s %s. Use LocalStack or AWS for it."
                        .formatted(request.method(), request.rawPath()));
    }

    private Optional<JsonNode> restDocument(String id, String stage) {
        return stack.compute().apis().stream()
                .filter(api -> api.id().equals(id) && api.stage().name().equals(stage))
                .map(api -> api.body())
                .findFirst();
    }

    private Optional<JsonNode> httpDocument(String id) {
        return stack.compute().httpApis().stream()
                .filter(api -> api.id().equals(id))
                .map(api -> api.body())
                .findFirst();
    }

    private static HttpResponse exported(Optional<JsonNode> document) {
        return document.map(body -> json(200, body))
                .orElseGet(() -> error(404, "NotFoundException", "Invalid stage identifier specified"));
    }

    private static HttpResponse error(int status, String code, String message) {
        return json(status, JsonNodeFactory.instance.objectNode().put("message", message))
                .withHeader("x-amzn-ErrorType", code);
    }

    private static HttpResponse json(int status, JsonNode body) {
        return HttpResponse.of(status, "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
