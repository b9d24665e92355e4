package dev.ingestkit.local.gateway;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import dev.ingestkit.local.gateway.expression.RequestParameters;
import dev.ingestkit.local.gateway.expression.RequestValues;
import dev.ingestkit.local.gateway.httpapi.HttpRoute;
import dev.ingestkit.local.gateway.httpapi.HttpRoutes;
import dev.ingestkit.local.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to an HTTP API with everything known about it so far. One step works on it at a time, and the futures
 * between the steps order them, so that it needs no lock.
 */
final class HttpExchange implements RequestValues {

    /** The claims and scopes of an accepted token. */
    record Token(JsonNode claims, List<String> scopes) {}

    private final HttpRequest request;
    private final HttpDeployment deployment;
    private final String path;
    private final RequestIds ids;
    private final RequestSteps steps;
    private HttpRoutes.@Nullable Match match;
    private @Nullable RequestParameters headers;
    private @Nullable RequestParameters query;
    private @Nullable HttpDecision decision;
    private @Nullable Token token;
    private IntegrationAnswer answer = IntegrationAnswer.NONE;

    /** @param path the path after the stage, still percent-encoded */
    HttpExchange(HttpRequest request, HttpDeployment deployment, String path, RequestIds ids, RequestSteps steps) {
        this.request = request;
        this.deployment = deployment;
        this.path = path;
        this.ids = ids;
        this.steps = steps;
    }

    void routed(HttpRoutes.Match found) {
        match = found;
    }

    void authorized(HttpDecision by) {
        decision = by;
    }

    void authorized(Token by) {
        token = by;
    }

    void answered(IntegrationAnswer by) {
        answer = by;
        steps.answered();
    }

    HttpRequest request() {
        return request;
    }

    HttpDeployment deployment() {
        return deployment;
    }

    String path() {
        return path;
    }

    /** Returns the path as events have it: decoded, with the stage if that is part of the URL. */
    String eventPath() {
        String decoded = PercentEncoding.decodePath(path);
        return deployment.definition().isDefaultStage()
                ? decoded
                : "/" + deployment.definition().stage().name() + decoded;
    }

    RequestIds ids() {
        return ids;
    }

    Instant startedAt() {
        return steps.startedAt();
    }

    /** Returns the record of the request's steps. */
    RequestSteps steps() {
        return steps;
    }

    /** Returns the route, which is known once the request is routed. */
    HttpRoute route() {
        return requireNonNull(match, "the request is not routed yet").route();
    }

    Optional<HttpDecision> decision() {
        return Optional.ofNullable(decision);
    }

    Optional<Token> token() {
        return Optional.ofNullable(token);
    }

    IntegrationAnswer integrationAnswer() {
        return answer;
    }

    @Override
    public String pathText() {
        return PercentEncoding.decodePath(path);
    }

    @Override
    public Map<String, String> pathParameters() {
        return match == null ? Map.of() : match.pathParameters();
    }

    @Override
    public RequestParameters headers() {
        if (headers == null) {
            Map<String, List<String>> all = FrontHeaders.of(request, ids.trace());
            request.header("content-length").ifPresent(length -> all.put("Content-Length", List.of(length)));
            headers = RequestParameters.headers(all);
        }
        return headers;
    }

    @Override
    public RequestParameters query() {
        if (query == null) {
            query = RequestParameters.query(request.rawQuery());
        }
        return query;
    }

    @Override
    public String bodyText() {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, String> stageVariables() {
        return deployment.definition().stage().variables();
    }

    @Override
    public Map<String, List<String>> answerHeaders() {
        return answer.headers();
    }

    @Override
    public String answerText() {
        return answer.text();
    }

    @Override
    public @Nullable Object contextValue(String dottedName) {
        return HttpContext.value(this, dottedName);
    }
}
