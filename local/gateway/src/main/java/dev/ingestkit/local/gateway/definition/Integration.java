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
 * @param responses the mappings of its answers; null if the type maps none (proxy)
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html">x-amazon-apigateway-integration</a>
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

    /** The back end of an integration. */
    public sealed interface Target
            permits ServiceAction,
                    ServicePath,
                    Function,
                    FunctionProxy,
                    Server,
                    ServerProxy,
                    Mock,
                    NotRun,
                    Misconfigured {

        /** The kinds of back ends. */
        enum Kind {
            SERVICE_ACTION,
            SERVICE_PATH,
            FUNCTION,
            FUNCTION_PROXY,
            SERVER,
            SERVER_PROXY,
            MOCK,
            NOT_RUN,
            MISCONFIGURED
        }

        /** Returns the kind, for switches that cover every case. */
        Kind kind();

        /** Returns whether an AWS service is called, whose answer names the record that it stored. */
        default boolean isService() {
            return switch (kind()) {
                case SERVICE_ACTION, SERVICE_PATH -> true;
                case FUNCTION, FUNCTION_PROXY, SERVER, SERVER_PROXY, MOCK, NOT_RUN, MISCONFIGURED -> false;
            };
        }

        /** Returns whether a server is called, whose path and query can be mapped. */
        default boolean isServer() {
            return switch (kind()) {
                case SERVER, SERVER_PROXY -> true;
                case SERVICE_ACTION, SERVICE_PATH, FUNCTION, FUNCTION_PROXY, MOCK, NOT_RUN, MISCONFIGURED -> false;
            };
        }

        /** Returns whether a function is invoked. */
        default boolean isFunction() {
            return switch (kind()) {
                case FUNCTION, FUNCTION_PROXY -> true;
                case SERVICE_ACTION, SERVICE_PATH, SERVER, SERVER_PROXY, MOCK, NOT_RUN, MISCONFIGURED -> false;
            };
        }
    }

    /** An AWS service's action, {@code kinesis:action/PutRecord}. */
    public record ServiceAction(String service, String action) implements Target {
        @Override
        public Kind kind() {
            return Kind.SERVICE_ACTION;
        }
    }

    /** An AWS service by path; the header {@code X-Amz-Target} of the mapped request names the action. */
    public record ServicePath(String service, String path) implements Target {
        @Override
        public Kind kind() {
            return Kind.SERVICE_PATH;
        }
    }

    /** A function with mapped request and response. */
    public record Function(String function) implements Target {
        @Override
        public Kind kind() {
            return Kind.FUNCTION;
        }
    }

    /** A function that receives the request unchanged and returns the response. */
    public record FunctionProxy(String function) implements Target {
        @Override
        public Kind kind() {
            return Kind.FUNCTION_PROXY;
        }
    }

    /** A server of this machine with mapped request and response. */
    public record Server(HttpTarget target) implements Target {
        @Override
        public Kind kind() {
            return Kind.SERVER;
        }
    }

    /** A server of this machine that receives the client's request and returns the response. */
    public record ServerProxy(HttpTarget target) implements Target {
        @Override
        public Kind kind() {
            return Kind.SERVER_PROXY;
        }
    }

    /** No back end: the request template selects the response. */
    public record Mock() implements Target {
        @Override
        public Kind kind() {
            return Kind.MOCK;
        }
    }

    /** A kind of back end that this runtime does not call; the method answers with the reason. */
    public record NotRun(String reason) implements Target {
        @Override
        public Kind kind() {
            return Kind.NOT_RUN;
        }
    }

    /** An integration that AWS deploys although each call fails; the method answers 500. */
    public record Misconfigured(String reason) implements Target {
        @Override
        public Kind kind() {
            return Kind.MISCONFIGURED;
        }
    }

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
