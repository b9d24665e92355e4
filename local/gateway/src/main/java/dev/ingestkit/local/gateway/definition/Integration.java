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
 * The back end of a method, ready to serve. Immutable.
 *
 * @param templates the request templates by media type
 * @param headers headers of the integration's request by name
 * @param timeout the time that the back end may take; AWS's default is 29 s
 * @param responses the mappings of its answers; null where the type maps none (proxy)
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

    /** The kind of back end. */
    public sealed interface Target
            permits ServiceAction, ServicePath, Function, FunctionProxy, Mock, NotRun, Misconfigured {}

    /** An AWS service's action, {@code kinesis:action/PutRecord}. */
    public record ServiceAction(String service, String action) implements Target {}

    /** An AWS service by path; the header {@code X-Amz-Target} of the mapped request names the action. */
    public record ServicePath(String service, String path) implements Target {}

    /** A function with mapped request and response. */
    public record Function(String function) implements Target {}

    /** A function that receives the request unchanged and returns the response. */
    public record FunctionProxy(String function) implements Target {}

    /** No back end: the request template selects the response. */
    public record Mock() implements Target {}

    /** A kind of back end that this runtime does not call; the method answers with the reason. */
    public record NotRun(String reason) implements Target {}

    /** An integration that AWS deploys although each call fails; the method answers 500. */
    public record Misconfigured(String reason) implements Target {}

    /** The handling of a body whose media type has no template. */
    public enum Passthrough {
        WHEN_NO_MATCH,
        WHEN_NO_TEMPLATES,
        NEVER
    }

    /** The conversion of a body between bytes and text. */
    public enum ContentHandling {
        PASSTHROUGH,
        CONVERT_TO_TEXT,
        CONVERT_TO_BINARY
    }

    /** Returns whether AWS fails the request when a mapping or an override sets this header. */
    public static boolean forbidsHeader(String name) {
        return FORBIDDEN_HEADERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the template for a request's media type. */
    public Optional<MappingTemplate> template(String mediaType) {
        MappingTemplate template = templates.get(mediaType);
        return Optional.ofNullable(template == null ? templates.get("$default") : template);
    }
}
