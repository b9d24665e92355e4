package dev.ingestkit.local.gateway;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.httpapi.HttpApiDefinition;
import dev.ingestkit.local.gateway.jwt.JwtVerifier;
import dev.ingestkit.local.gateway.jwt.KeySource;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.journal.Journal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Serves deployed REST and HTTP APIs as API Gateway does. A request names its API by
 * {@code /_aws/execute-api/{api}/{stage}/…}, by the host {@code {api}.execute-api.…}, or, while one API has a stage of
 * that name, by {@code /{stage}/…} alone. The stage {@code $default} of an HTTP API is served without its name.
 *
 * <p>Thread-safe. A deployment is an immutable snapshot: a request completes on the one that it started on. The calling
 * thread works on small requests up to the first call of a function or service, a worker on large ones.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas of REST APIs</a>
 */
public final class Gateway implements HttpHandler, AutoCloseable {

    /** The size above which base64, templates and validation take too long for an I/O thread. */
    private static final int LARGE_BODY_BYTES = 64 * 1024;

    /** The region and account of the gateway, in method ARNs and request contexts. */
    public record Location(String region, String account) {
        public Location {
            requireNonNull(region, "region");
            requireNonNull(account, "account");
        }
    }

    /** The parts that the gateway works with. */
    public record Parts(
            FunctionInvoker functions,
            IntegrationBackend services,
            Journal journal,
            Faults faults,
            Clock clock,
            IdSource ids,
            KeySource keys) {
        public Parts {
            requireNonNull(functions, "functions");
            requireNonNull(services, "services");
            requireNonNull(journal, "journal");
            requireNonNull(faults, "faults");
            requireNonNull(clock, "clock");
            requireNonNull(ids, "ids");
            requireNonNull(keys, "keys");
        }
    }

    private final Parts parts;
    private final Location location;
    private final RequestPipeline pipeline;
    private final ExecutorService worker = Executors.newFixedThreadPool(2, DaemonThreads.numbered("gateway-worker"));
    private final HttpPipeline httpPipeline;
    private volatile Map<String, Deployment> deployments = Map.of();
    private volatile Map<String, HttpDeployment> httpDeployments = Map.of();

    /** Creates a gateway that serves these definitions. */
    public Gateway(Collection<ApiDefinition> definitions, Parts parts, Location location) {
        this.parts = requireNonNull(parts, "parts");
        this.location = requireNonNull(location, "location");
        FunctionCaller functions = new FunctionCaller(parts.functions());
        GatewayJournal journal = new GatewayJournal(parts.journal(), parts.clock());
        FaultInjector faults = new FaultInjector(parts.faults(), FaultStage.GATEWAY, worker);
        JwtVerifier tokens = new JwtVerifier(parts.keys(), parts.clock());
        HttpBackEnd backEnds = new HttpBackEnd();
        ServerCaller servers = new ServerCaller(backEnds);
        this.pipeline = new RequestPipeline(
                new AuthorizerGate(parts.functions()),
                new UserPoolGate(tokens),
                new IntegrationCaller(parts.services(), functions, servers),
                functions,
                servers,
                journal,
                faults);
        this.httpPipeline = new HttpPipeline(
                new HttpAuthorizerGate(parts.functions(), tokens),
                new HttpCaller(parts.functions(), parts.services(), backEnds),
                journal,
                faults);
        definitions.forEach(this::deploy);
    }

    /** Deploys a definition in one step, in place of the one with the same API and stage. */
    public synchronized void deploy(ApiDefinition definition) {
        Map<String, Deployment> next = new LinkedHashMap<>(deployments);
        String id = parts.ids().next().toString().substring(0, 6);
        next.put(
                key(definition.id(), definition.stageName()),
                new Deployment(definition, id, location.region(), location.account(), parts.clock()));
        deployments = Map.copyOf(next);
    }

    /** Deploys a stage of an HTTP API in one step, in place of the one with the same API and stage. */
    public synchronized void deploy(HttpApiDefinition definition) {
        Map<String, HttpDeployment> next = new LinkedHashMap<>(httpDeployments);
        next.put(
                key(definition.id(), definition.stage().name()),
                new HttpDeployment(definition, location, parts.clock()));
        httpDeployments = Map.copyOf(next);
    }

    /** Removes a stage of an API of either kind; an unknown one changes nothing. */
    public synchronized void remove(String api, String stage) {
        Map<String, Deployment> rest = new LinkedHashMap<>(deployments);
        rest.remove(key(api, stage));
        deployments = Map.copyOf(rest);
        Map<String, HttpDeployment> http = new LinkedHashMap<>(httpDeployments);
        http.remove(key(api, stage));
        httpDeployments = Map.copyOf(http);
    }

    /** Returns whether a request names an API: by path, by host, or by a stage that only one has. */
    public boolean claims(HttpRequest request) {
        return GatewayAddress.of(request)
                .filter(address -> address.explicit()
                        || find(address).isPresent()
                        || findHttp(address).isPresent())
                .isPresent();
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Optional<GatewayAddress> address = GatewayAddress.of(request);
        Optional<Deployment> deployment = address.flatMap(this::find);
        if (address.isEmpty() || deployment.isEmpty()) {
            Optional<HttpDeployment> http = address.flatMap(this::findHttp);
            return http.isPresent()
                    ? handle(request, http.get(), address.get())
                    : CompletableFuture.completedFuture(notDeployed(address));
        }
        Instant now = parts.clock().instant();
        Exchange exchange =
                new Exchange(request, deployment.get(), address.get().path(), ids(request, now), steps(now));
        return request.body().length > LARGE_BODY_BYTES
                ? CompletableFuture.supplyAsync(() -> exchange, worker).thenCompose(pipeline::run)
                : pipeline.run(exchange);
    }

    /** Returns false: API Gateway refuses such a body with 413. */
    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return false;
    }

    private CompletionStage<HttpResponse> handle(
            HttpRequest request, HttpDeployment deployment, GatewayAddress address) {
        Instant now = parts.clock().instant();
        boolean isNamed = address.stage().equals(deployment.definition().stage().name());
        HttpExchange exchange = new HttpExchange(
                request, deployment, isNamed ? address.path() : address.rest(), ids(request, now), steps(now));
        return request.body().length > LARGE_BODY_BYTES
                ? CompletableFuture.supplyAsync(() -> exchange, worker).thenCompose(httpPipeline::run)
                : httpPipeline.run(exchange);
    }

    private RequestSteps steps(Instant now) {
        return new RequestSteps(now, parts.journal().details().admits());
    }

    private RequestIds ids(HttpRequest request, Instant now) {
        return RequestIds.of(parts.ids().next(), now, request.header("x-amzn-trace-id"));
    }

    /** Stops the workers without waiting for requests in flight. */
    @Override
    public void close() {
        worker.shutdown();
    }

    private Optional<Deployment> find(GatewayAddress address) {
        Map<String, Deployment> all = deployments;
        if (address.explicit()) {
            return Optional.ofNullable(all.get(key(address.api(), address.stage())));
        }
        return only(all.values(), each -> each.definition().stageName().equals(address.stage()));
    }

    /** An HTTP API's default stage serves each path that names no other stage. */
    private Optional<HttpDeployment> findHttp(GatewayAddress address) {
        Map<String, HttpDeployment> all = httpDeployments;
        if (address.explicit()) {
            HttpDeployment named = all.get(key(address.api(), address.stage()));
            return Optional.ofNullable(
                    named == null ? all.get(key(address.api(), HttpApiDefinition.DEFAULT_STAGE)) : named);
        }
        return only(all.values(), each -> each.definition().stage().name().equals(address.stage()));
    }

    private static <T> Optional<T> only(Collection<T> all, Predicate<T> wanted) {
        T found = null;
        for (T each : all) {
            if (wanted.test(each)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = each;
            }
        }
        return Optional.ofNullable(found);
    }

    /**
     * Returns an error with the deployed stages. AWS has no such host, or answers Forbidden for a stage; here the
     * reason helps more.
     */
    private HttpResponse notDeployed(Optional<GatewayAddress> address) {
        String named = address.map(found -> key(found.api(), found.stage())).orElse("none");
        List<String> all = Stream.concat(deployments.keySet().stream(), httpDeployments.keySet().stream())
                .sorted()
                .toList();
        String message = "no API is deployed as %s; deployed: %s".formatted(named, String.join(", ", all));
        boolean known = address.isPresent()
                && all.stream().anyMatch(key -> key.startsWith(address.get().api() + "/"));
        byte[] body = ("{\"message\":" + JsonValues.print(known ? "Forbidden: " + message : message) + "}")
                .getBytes(StandardCharsets.UTF_8);
        return new HttpResponse(
                known ? 403 : 404, Map.of("Content-Type", List.of(MediaTypes.JSON)), new HttpResponse.Bytes(body));
    }

    private static String key(String api, String stage) {
        return api + "/" + stage;
    }
}
