package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.gateway.vtl.MappingTemplate;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a method, ready to serve. Immutable.
 *
 * @param templates the request templates by media type
 * @param headers headers of the integration's request by name
 * @param timeout how long the back end may take; AWS's default is 29 s
 * @param responses how its answers are mapped; null where the type maps none (proxy)
 */
public record Integration(
        Target target,
        Passthrough passthrough,
        Map<String, MappingTemplate> templates,
        Map<String, ParameterSource> headers,
        ContentHandling contentHandling,
        Duration timeout,
        @Nullable IntegrationResponses responses) {

    private static final Set<String> FORBIDDEN_HEADERS = Set.of(
            "authorization",
            "connection",
            "content-length",
            "expect",
            "proxy-authenticate",
            "te",
            "transfer-encoding",
            "x-amzn-apigateway-api-id",
            "x-amzn-trace-id");

    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(29);

    /** Who is called. */
    public sealed interface Target 
            permits ServiceAction, ServicePath, Function, FunctionProxy, Mock, NotRun, Misconfigured {}

    /** An AWS service's action, {@code kinesis:action/PutRecord}. */
    public record ServiceAction(String service, String action) implements Target {}

    /** An AWS service by path; the action is named by a header of the mapped request, {@code X-Amz-Target}. */
    public record ServicePath(String service, String path) implements Target {}

    /** A function with mapped request and response. */
    public record Function(String function) implements Target {}

    /** A function that gets the request as it is and makes the response. */
    public record FunctionProxy(String function) implements Target {}

    /** No back end: the request template says which response. */
    public record Mock() implements Target {}

    /** A kind of back end that this runtime does not call; the method answers with the reason. */
    public record NotRun(String reason) implements Target {}

    /** An integration that AWS deploys and that fails each time; the method answers 500. */
    public record Misconfigured(String reason) implements Target {}

    /** What happens to a body for whose media type there is no template. */
    public enum Passthrough {
        WHEN_NO_MATCH,
        WHEN_NO_TEMPLATES,
        NEVER
    }

    /** How a body changes between bytes and text on its way. */
    public enum ContentHandling {
        PASSTHROUGH,
        CONVERT_TO_TEXT,
        CONVERT_TO_BINARY
    }

    /** Whether AWS fails the request when a mapping or an override sets this header. */
    public static boolean forbidsHeader(String name) {
        return FORBIDDEN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The template for a request's media type. */
    public Optional<MappingTemplate> template(String mediaType) {
        MappingTemplate template = templates.get(mediaType);
        return Optional.ofNullable(template == null ? templates.get("$default") : template);
    }
}
