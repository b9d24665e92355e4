package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.RandomIds;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.http.OriginRule;
import dev.ingestkit.local.protocol.ServiceRequest.Wire;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Routes requests on the common port, in this order: a registered path; an AWS call of Smithy's RPC protocol; an AWS
 * call by {@code X-Amz-Target}; a call of
 * a REST API named by its credential scope; an AWS call of the query protocol ({@code Action}), which needs a
 * credential scope or one of AWS's own paths, so that a user's API may have a parameter of that name; a call to an AWS
 * service that the runtime does not have (named in the response); otherwise the fallback.
 *
 * <p>Signatures are accepted without verification: any credentials are valid, since there is no secret to verify them
 * with. {@link OriginRule} keeps web pages away from the AWS APIs. Immutable, thread-safe.
 */
public final class ServiceRouter implements HttpHandler {

    private static final Pattern QUEUE_PATH = Pattern.compile("/(?:queue/[a-z0-9-]+/)?\\d{12}/[A-Za-z0-9_.-]+/?");
    private static final Pattern RPC_PATH =
            Pattern.compile("/service/([A-Za-z0-9_]{1,64})/operation/([A-Za-z0-9_]{1,64})");
    private static final String RPC_HEADER = "smithy-protocol";
    private static final String RPC_CBOR = "rpc-v2-cbor";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ServiceCalls calls;
    private final List<Map.Entry<String, HttpHandler>> paths;
    private final Map<String, HttpHandler> rest;
    private final HttpHandler fallback;
    private final OriginRule origins;

    private ServiceRouter(Builder builder) {
        this.calls = new ServiceCalls(builder.services, builder.requestIds);
        this.paths = builder.paths.entrySet().stream()
                .sorted((one, other) ->
                        Integer.compare(other.getKey().length(), one.getKey().length()))
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        this.rest = Map.copyOf(builder.rest);
        this.fallback = builder.fallback;
        this.origins = builder.origins;
    }

    /** Returns a builder of a router without services. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<HttpHandler> atPath = atPath(request);
        if (atPath.isPresent()) {
            return atPath.get().handle(request);
        }
        if (request.header(RPC_HEADER).isPresent()) {
            Matcher rpc = RPC_PATH.matcher(request.rawPath());
            if (rpc.matches()) {
                return ifOriginAllowed(request, () -> byRpc(rpc.group(1), rpc.group(2), request));
            }
        }
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) {
            return ifOriginAllowed(request, () -> byTarget(target.get(), request));
        }
        Optional<HttpHandler> api = signedService(request).map(rest::get);
        if (api.isPresent()) {
            return api.get().handle(request);
        }
        try {
            return byQuery(request);
        } catch (ServiceException malformed) {
            return calls.reject(malformed, Wire.QUERY);
        }
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        Optional<HttpHandler> atPath = atPath(head);
        if (atPath.isPresent()) {
            return atPath.get().readsLargeBody(head);
        }
        boolean call = head.header(RPC_HEADER).isPresent()
                || head.header("x-amz-target").isPresent();
        return call
                || signedService(head)
                        .filter(name -> !name.equals("execute-api"))
                        .isPresent()
                || isAwsPath(head)
                || fallback.readsLargeBody(head);
    }

    /** Returns the handler of the paths to which a request's belongs. */
    private Optional<HttpHandler> atPath(HttpRequest request) {
        for (Map.Entry<String, HttpHandler> path : paths) {
            if (request.rawPath().startsWith(path.getKey())) {
                return Optional.of(path.getValue());
            }
        }
        return Optional.empty();
    }

    /**
     * Executes one action as if it had arrived on the port, for callers in the same process.
     *
     * @param service the service's name, {@code kinesis}
     * @param request its body is JSON, unless its Content-Type says CBOR
     */
    public CompletionStage<HttpResponse> call(String service, String action, HttpRequest request) {
        return calls.call(service, action, wireOf(request), request);
    }

    private CompletionStage<HttpResponse> ifOriginAllowed(
            HttpRequest request, Supplier<CompletionStage<HttpResponse>> work) {
        Optional<HttpResponse> rejection = origins.rejection(request, true);
        return rejection.isPresent() ? CompletableFuture.completedFuture(rejection.get()) : work.get();
    }

    private CompletionStage<HttpResponse> byTarget(String target, HttpRequest request) {
        Wire wire = wireOf(request);
        int dot = target.indexOf('.');
        Optional<String> service = dot < 0 ? Optional.empty() : ServiceNames.ofTarget(target.substring(0, dot));
        if (service.isEmpty()) {
            return calls.reject(
                    ServiceException.badRequest(
                            "UnknownOperationException",
                            "X-Amz-Target does not name a known service: " + Printable.of(target)),
                    wire);
        }
        return calls.call(service.get(), target.substring(dot + 1), wire, request);
    }

    /** Executes a call of the protocol Smithy RPC v2 CBOR, which names service and action in the path. */
    private CompletionStage<HttpResponse> byRpc(String prefix, String action, HttpRequest request) {
        Optional<String> service = ServiceNames.ofTarget(prefix);
        CompletionStage<HttpResponse> response = service.isPresent()
                ? calls.call(service.get(), action, Wire.CBOR, request)
                : calls.reject(
                        ServiceException.badRequest(
                                "UnknownOperationException",
                                "The path does not name a known service: " + Printable.of(prefix)),
                        Wire.CBOR);
        return response.thenApply(
                answer -> answer.withHeader(RPC_HEADER, RPC_CBOR).withHeader("Content-Type", "application/cbor"));
    }

    /** Returns the service that a signature is for, in the header or in a presigned URL. */
    private static Optional<String> signedService(HttpRequest request) {
        return request.header("authorization")
                .flatMap(ServiceNames::ofAuthorization)
                .or(() -> ServiceNames.ofPresignedUrl(request.rawQuery()));
    }

    private CompletionStage<HttpResponse> byQuery(HttpRequest request) {
        Optional<String> scope = request.header("authorization").flatMap(ServiceNames::ofAuthorization);
        boolean awsPath = isAwsPath(request);
        boolean presigned = request.rawQuery().contains("X-Amz-Credential=");
        if (scope.isEmpty() && !awsPath && !presigned) {
            return fallback.handle(request);
        }
        QueryForm form = QueryForm.parse(request.rawQuery(), formBody(RequestBody.decoded(request)));
        Optional<String> signedService =
                scope.or(() -> form.field("X-Amz-Credential").flatMap(ServiceNames::ofPresigned));
        Optional<String> action = form.field("Action");
        if (action.isPresent()) {
            String service = signedService
                    .or(() -> form.field("Version").flatMap(ServiceNames::ofVersion))
                    .orElse(awsPath && !request.rawPath().equals("/") ? "sqs" : "");
            if (!service.isEmpty() && !service.equals("execute-api")) {
                return ifOriginAllowed(request, () -> calls.query(service, action.get(), form, request));
            }
        }
        return unknownCall(request, signedService);
    }

    private static boolean isAwsPath(HttpRequest request) {
        return request.rawPath().equals("/")
                || QUEUE_PATH.matcher(request.rawPath()).matches();
    }

    /** Rejects an AWS call that matches no protocol; any other request may be for the user's own API. */
    private CompletionStage<HttpResponse> unknownCall(HttpRequest request, Optional<String> signedService) {
        if (signedService.isPresent() && !signedService.get().equals("execute-api")) {
            ServiceException error = calls.has(signedService.get())
                    ? ServiceException.badRequest(
                            "UnknownOperationException",
                            "%s has no operation %s %s"
                                    .formatted(signedService.get(), request.method(), Printable.of(request.rawPath())))
                    : ServiceCalls.serviceNotImplemented(signedService.get());
            return calls.reject(error, wireOf(request));
        }
        return fallback.handle(request);
    }

    private static String formBody(HttpRequest request) {
        boolean form = request.header("content-type")
                .map(type -> type.toLowerCase(Locale.ROOT).startsWith(FORM))
                .orElse(false);
        return form ? new String(request.body(), StandardCharsets.UTF_8) : "";
    }

    private static Wire wireOf(HttpRequest request) {
        String type = request.header("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-amz-cbor") || type.startsWith("application/cbor")) {
            return Wire.CBOR;
        }
        return type.startsWith("application/x-amz-json-1.0") ? Wire.JSON_1_0 : Wire.JSON_1_1;
    }

    /** Collects the services and handlers of a router. Not thread-safe. */
    public static final class Builder {

        private final Map<String, AwsService> services = new LinkedHashMap<>();
        private final Map<String, HttpHandler> paths = new LinkedHashMap<>();
        private final Map<String, HttpHandler> rest = new LinkedHashMap<>();
        private Supplier<String> requestIds = RandomIds::text;
        private OriginRule origins = new OriginRule(List.of());
        private HttpHandler fallback = request -> CompletableFuture.completedFuture(
                HttpResponse.text(404, "No resource is served at %s.\n".formatted(Printable.of(request.rawPath()))));

        private Builder() {}

        /**
         * Adds a service.
         *
         * @throws IllegalArgumentException if a service of this name was added already
         */
        public Builder service(AwsService service) {
            if (services.putIfAbsent(service.name(), service) != null) {
                throw new IllegalArgumentException("the service '%s' was added twice".formatted(service.name()));
            }
            return this;
        }

        /** Adds services. */
        public Builder services(List<? extends AwsService> all) {
            all.forEach(this::service);
            return this;
        }

        /**
         * Adds a handler for all paths that begin with a prefix; the longest prefix wins. Applying {@link OriginRule}
         * is the handler's task: wrap it with {@link OriginRule#guard} where web pages of other sites must not call it.
         */
        public Builder path(String prefix, HttpHandler handler) {
            if (!prefix.startsWith("/")) {
                throw new IllegalArgumentException("a path must begin with a slash: " + prefix);
            }
            paths.put(prefix, requireNonNull(handler, "handler"));
            return this;
        }

        /**
         * Adds a service with a REST API, found by its name in the credential scope; {@link OriginRule} as for a path.
         */
        public Builder rest(String service, HttpHandler handler) {
            rest.put(requireNonNull(service, "service"), requireNonNull(handler, "handler"));
            return this;
        }

        /** Sets the handler of requests that are not AWS calls; the default responds with 404. */
        public Builder fallback(HttpHandler handler) {
            this.fallback = requireNonNull(handler, "handler");
            return this;
        }

        /** Sets the rule on web pages; the default allows pages on loopback. */
        public Builder origins(OriginRule rule) {
            this.origins = requireNonNull(rule, "rule");
            return this;
        }

        /** Sets the source of request ids; the default is random UUIDs. */
        public Builder requestIds(Supplier<String> ids) {
            this.requestIds = requireNonNull(ids, "ids");
            return this;
        }

        /** Returns the router. */
        public ServiceRouter build() {
            return new ServiceRouter(this);
        }
    }
}
