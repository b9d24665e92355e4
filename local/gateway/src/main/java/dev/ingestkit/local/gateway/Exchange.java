package dev.ingestkit.local.gateway;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.gateway.authorizer.AuthorizerDecision;
import dev.ingestkit.local.gateway.definition.Integration;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.gateway.definition.RouteTable;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import dev.ingestkit.local.gateway.expression.RequestParameters;
import dev.ingestkit.local.gateway.expression.RequestValues;
import dev.ingestkit.local.gateway.vtl.TemplateFunctions;
import dev.ingestkit.local.gateway.vtl.TemplateInput;
import dev.ingestkit.local.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A request in the gateway with everything known about it so far. One step works on it at a time, and the futures
 * between the steps order them, so that it needs no lock.
 */
final class Exchange implements RequestValues {

    private final HttpRequest request;
    private final Deployment deployment;
    private final String sentPath;
    private final String path;
    private final RequestIds ids;
    private final RequestSteps steps;
    private RouteTable.@Nullable Match match;
    private @Nullable MethodDefinition method;
    private @Nullable RequestParameters headers;
    private @Nullable RequestParameters query;
    private @Nullable String bodyText;
    private Map<String, String> claims = Map.of();
    private @Nullable AuthorizerDecision decision;
    private long authorizerMicros;
    private @Nullable Map<String, Object> context;
    private IntegrationAnswer integrationAnswer = IntegrationAnswer.NONE;

    Exchange(HttpRequest request, Deployment deployment, String path, RequestIds ids, RequestSteps steps) {
        this.request = request;
        this.deployment = deployment;
        this.sentPath = path;
        this.path = withOneSlash(path);
        this.ids = ids;
        this.steps = steps;
    }

    private static String withOneSlash(String path) {
        int start = 0;
        while (start + 1 < path.length() && path.charAt(start + 1) == '/') {
            start++;
        }
        return path.substring(start);
    }

    void routed(RouteTable.Match found) {
        match = found;
        method = found.method();
    }

    void authorized(AuthorizerDecision authorizerDecision, long micros) {
        decision = authorizerDecision;
        authorizerMicros = micros;
        if (context != null) {
            context.put("authorizer", authorizerDecision.variables());
        }
    }

    /**
     * Records the claims of an accepted token, whose values are strings.
     *
     * @param micros the duration of the check in microseconds
     */
    void authorized(Map<String, String> accepted, long micros) {
        claims = Map.copyOf(accepted);
        authorizerMicros = micros;
        if (context != null) {
            context.put("authorizer", Map.of("claims", claims));
        }
    }

    /** Returns the claims of an accepted token; empty without one. */
    Map<String, String> claims() {
        return claims;
    }

    /** Returns the record of the request's steps. */
    RequestSteps steps() {
        return steps;
    }

    void answered(IntegrationAnswer answer) {
        integrationAnswer = answer;
        steps.answered();
    }

    /** Sets {@code $context.error}, which a gateway response can refer to. */
    void rejected(RequestRejectedException rejection) {
        Map<String, Object> error = new HashMap<>();
        String message = rejection.shown().orElse(null);
        error.put("messageString", JsonValues.print(message));
        rejection.shown().ifPresent(shown -> error.put("message", shown));
        error.put("responseType", rejection.type().name());
        rejection.validationError().ifPresent(problem -> error.put("validationErrorString", problem));
        context().put("error", error);
    }

    HttpRequest request() {
        return request;
    }

    Deployment deployment() {
        return deployment;
    }

    /** Returns the path after the stage, as sent, but with one slash in front. */
    String path() {
        return path;
    }

    /** Returns the path after the stage with every slash that the client sent in front of it. */
    String sentPath() {
        return sentPath;
    }

    /** Returns the path in one spelling, for the method's ARN. */
    String canonicalPath() {
        return RouteTable.canonical(path);
    }

    RequestIds ids() {
        return ids;
    }

    Instant startedAt() {
        return steps.startedAt();
    }

    /** Returns the method, which is known once the request is routed. */
    MethodDefinition method() {
        return requireNonNull(method, "the request is not routed yet");
    }

    Optional<MethodDefinition> routedMethod() {
        return Optional.ofNullable(method);
    }

    @Override
    public String pathText() {
        return PercentEncoding.decodePath(path);
    }

    @Override
    public Map<String, String> pathParameters() {
        return match == null ? Map.of() : match.pathParameters();
    }

    /** Returns the path parameters for the events of functions: still percent-encoded, as on AWS. */
    Map<String, String> sentPathParameters() {
        return match == null ? Map.of() : match.sentParameters();
    }

    /** Returns the time in milliseconds that the authorizer took for this request. */
    long authorizerMillis() {
        return TimeUnit.MICROSECONDS.toMillis(authorizerMicros);
    }

    Optional<AuthorizerDecision> decision() {
        return Optional.ofNullable(decision);
    }

    IntegrationAnswer integrationAnswer() {
        return integrationAnswer;
    }

    @Override
    public Map<String, List<String>> answerHeaders() {
        return integrationAnswer.headers();
    }

    @Override
    public String answerText() {
        return integrationAnswer.text();
    }

    @Override
    public Map<String, String> stageVariables() {
        return deployment.definition().stage().variables();
    }

    /** Returns the request's headers as AWS's front end passes them on. */
    @Override
    public RequestParameters headers() {
        if (headers == null) {
            headers = RequestParameters.headers(FrontHeaders.of(request, ids.trace()));
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

    /** Returns whether the API treats the request's body as bytes. */
    boolean binary() {
        String contentType = request.header("content-type").orElse(null);
        return MediaTypes.matches(deployment.definition().binaryMediaTypes(), contentType);
    }

    /**
     * Returns whether the client gets bytes where a function answers in base64: its Accept must name a binary media
     * type.
     */
    boolean acceptsBinary() {
        String accept = headers().last().get("Accept");
        return MediaTypes.accepts(deployment.definition().binaryMediaTypes(), accept);
    }

    /** Returns the body as templates see it: base64 for a binary body that is converted to text, else UTF-8. */
    @Override
    public String bodyText() {
        if (bodyText == null) {
            boolean base64 = method != null
                    && method.integration().contentHandling() == Integration.ContentHandling.CONVERT_TO_TEXT
                    && binary();
            bodyText = base64
                    ? Base64.getEncoder().encodeToString(request.body())
                    : new String(request.body(), StandardCharsets.UTF_8);
        }
        return bodyText;
    }

    /** Returns {@code $context}, one for the request, so that overrides of the request template persist. */
    Map<String, Object> context() {
        if (context == null) {
            context = RequestContext.variables(this);
        }
        return context;
    }

    /** Returns a value of {@code $context} by its dotted name. */
    @Override
    public @Nullable Object contextValue(String dottedName) {
        Object value = context();
        for (String name : dottedName.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    /** Returns the variables of a mapping template. */
    Map<String, Object> variables(String body) {
        return Map.of(
                "input",
                new TemplateInput(body, this),
                "util",
                TemplateFunctions.INSTANCE,
                "context",
                context(),
                "stageVariables",
                stageVariables());
    }
}
