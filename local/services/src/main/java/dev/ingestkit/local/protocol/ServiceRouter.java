package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds out what a request on the common port is, in this order: a registered path; an AWS call by
 * {@code X-Amz-Target}; a call of a REST API that its credential scope names; an AWS call of the query protocol ({@code Action}), which needs an AWS credential scope or one of
 * AWS's own paths, so that a user's API may have a parameter of that name; a call to an AWS service that is not run
 * (named in the answer); else the fallback.
 *
 * <p>Signatures are accepted and not verified: any credentials will do, as there is nothing to protect them with.
 * {@link OriginRule} keeps web pages away from the AWS APIs. Immutable, thread-safe.
 */
public final class ServiceRouter implements HttpHandler {

    private static final Pattern QUEUE_PATH = Pattern.compile("/(?:queue/[a-z0-9-]+/)?\\d{12}/[A-Za-z0-9_.-]+/?");
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

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        for (Map.Entry<String, HttpHandler> path : paths) {
            if (request.rawPath().startsWith(path.getKey())) {
                return path.getValue().handle(request);
            }
        }
        Optional<String> target = request.header("x-amz-target");
        if (target.isPresent()) {
            return refusedOr(request, () -> byTarget(target.get(), request));
        }
        Optional<HttpHandler> api = signed(request).map(rest::get);
        if (api.isPresent()) {
            return api.get().handle(request);
        }
        try {
            return byQuery(request);
        } catch (ServiceException malformed) {
            return calls.refuse(malformed, Wire.QUERY);
        }
    }

    /**
     * Carries out one action as if it had come over the port, for callers in the same process.
     *
     * @param service {@code kinesis}
     * @param request its body is JSON, unless its Content-Type says CBOR
     */
    public CompletionStage<HttpResponse> call(String service, String action, HttpRequest request) {
        return calls.call(service, action, wireOf(request), request);
    }

    private CompletionStage<HttpResponse> refusedOr(HttpRequest request, Supplier<CompletionStage<HttpResponse>> work) {
        Optional<HttpResponse> refusal = origins.refusal(request, true);
        return refusal.isPresent() ? CompletableFuture.completedFuture(refusal.get()) : work.get();
    }

    private CompletionStage<HttpResponse> byTarget(String target, HttpRequest request) {
        Wire wire = wireOf(request);
        int dot = target.indexOf('.');
        Optional<String> service = dot < 0 ? Optional.empty() : ServiceNames.ofTarget(target.substring(0, dot));
        if (service.isEmpty()) {
            return calls.refuse(
                    ServiceException.badRequest(
                            "UnknownOperationException",
                            "X-Amz-Target names no service that is known here: " + Printable.of(target)),
                    wire);
        }
        return calls.call(service.get(), target.substring(dot + 1), wire, request);
    }

    /** The service that a signature is for, in the header or in a presigned URL. */
    private static Optional<String> signed(HttpRequest request) {
        return request.header("authorization")
                .flatMap(ServiceNames::ofAuthorization)
                .or(() -> ServiceNames.ofPresignedUrl(request.rawQuery()));
    }

    private CompletionStage<HttpResponse> byQuery(HttpRequest request) {
        Optional<String> scope = request.header("authorization").flatMap(ServiceNames::ofAuthorization);
        boolean awsPath = request.rawPath().equals("/")
                || QUEUE_PATH.matcher(request.rawPath()).matches();
        boolean presigned = request.rawQuery().contains("X-Amz-Credential=");
        if (scope.isEmpty() && !awsPath && !presigned) {
            return fallback.handle(request);
        }
        QueryForm form = QueryForm.parse(request.rawQuery(), formBody(request));
        Optional<String> signed = scope.or(() -> form.field("X-Amz-Credential").flatMap(ServiceNames::ofPresigned));
        Optional<String> action = form.field("Action");
        if (action.isPresent()) {
            String service = signed.or(() -> form.field("Version").flatMap(ServiceNames::ofVersion))
                    .orElse(awsPath && !request.rawPath().equals("/") ? "sqs" : "");
            if (!service.isEmpty() && !service.equals("execute-api")) {
                return refusedOr(request, () -> calls.query(service, action.get(), form, request));
            }
        }
        return unclear(request, signed);
    }

    /** An AWS call that no protocol explains is named as such; anything else may be the user's own API. */
    private CompletionStage<HttpResponse> unclear(HttpRequest request, Optional<String> signed) {
        if (signed.isPresent() && !signed.get().equals("execute-api")) {
            ServiceException error = calls.has(signed.get())
                    ? ServiceException.badRequest(
                            "UnknownOperationException",
                            "%s has no operation %s %s"
                                    .formatted(signed.get(), request.method(), Printable.of(request.rawPath())))
                    : ServiceCalls.notRun(signed.get());
            return calls.refuse(error, wireOf(request));
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

    /** Collects what a router serves. Not thread-safe. */
    public static final class Builder {

        private final Map<String, AwsService> services = new LinkedHashMap<>();
        private final Map<String, HttpHandler> paths = new LinkedHashMap<>();
        private final Map<String, HttpHandler> rest = new LinkedHashMap<>();
        private Supplier<String> requestIds = () -> UUID.randomUUID().toString();
        private OriginRule origins = new OriginRule(List.of());
        private HttpHandler fallback = request -> CompletableFuture.completedFuture(
                HttpResponse.text(404, "Nothing is served at %s.\n".formatted(Printable.of(request.rawPath()))));

        private Builder() {}

        /** One service more; a second one of the same name is a mistake. */
        public Builder service(AwsService service) {
            if (services.putIfAbsent(service.name(), service) != null) {
                throw new IllegalArgumentException("two services are called " + service.name());
            }
            return this;
        }

        public Builder services(List<? extends AwsService> all) {
            all.forEach(this::service);
            return this;
        }

        /**
         * A handler for all paths that begin so; the longest beginning wins. {@link OriginRule} is the handler's own
         * business: wrap it with {@link OriginRule#guard} where web pages of other sites must not call it.
         */
        public Builder path(String prefix, HttpHandler handler) {
            if (!prefix.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with a slash: " + prefix);
            }
            paths.put(prefix, requireNonNull(handler, "handler"));
            return this;
        }

        /** A service with a REST API, found by its name in the credential scope; {@link OriginRule} as for a path. */
        public Builder rest(String service, HttpHandler handler) {
            rest.put(requireNonNull(service, "service"), requireNonNull(handler, "handler"));
            return this;
        }

        /** What answers requests that are no AWS call; without one it is 404. */
        public Builder fallback(HttpHandler handler) {
            this.fallback = requireNonNull(handler, "handler");
            return this;
        }

        public Builder origins(OriginRule rule) {
            this.origins = requireNonNull(rule, "rule");
            return this;
        }

        /** Where request ids come from; random UUIDs without it. */
        public Builder requestIds(Supplier<String> ids) {
            this.requestIds = requireNonNull(ids, "ids");
            return this;
        }

        public ServiceRouter build() {
            return new ServiceRouter(this);
        }
    }
}
