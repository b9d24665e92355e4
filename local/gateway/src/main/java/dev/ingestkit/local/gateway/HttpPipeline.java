package dev.ingestkit.local.gateway;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultableCall;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.httpapi.CorsPolicy;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Action;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.ResponseChange;
import dev.ingestkit.local.gateway.httpapi.HttpRoute;
import dev.ingestkit.local.gateway.httpapi.HttpRoutes;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a request to an HTTP API in AWS's order: limits, preflight, route, throttle, authorizer, integration, changes of
 * the answer, CORS headers. Every request gets an answer; a request that the gateway itself refuses gets a journal
 * entry. Thread-safe.
 */
final class HttpPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPipeline.class);
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> HttpRejectedException.of(429, "Too Many Requests", "fault: throttle"),
            () -> HttpRejectedException.internal("fault: error"),
            DroppedConnectionException::new);

    private final HttpAuthorizerGate authorizers;
    private final HttpCaller integrations;
    private final GatewayJournal journal;
    private final FaultInjector faults;

    HttpPipeline(
            HttpAuthorizerGate authorizers, HttpCaller integrations, GatewayJournal journal, FaultInjector faults) {
        this.authorizers = authorizers;
        this.integrations = integrations;
        this.journal = journal;
        this.faults = faults;
    }

    /**
     * Completes with an answer; fails only to close the connection without one, which an injected fault may require.
     */
    CompletableFuture<HttpResponse> run(HttpExchange exchange) {
        CompletableFuture<HttpResponse> response;
        try {
            limits(exchange);
            Optional<HttpResponse> preflight = preflight(exchange);
            response = preflight.isPresent()
                    ? CompletableFuture.completedFuture(preflight.get())
                    : serveWithFaults(exchange);
        } catch (RuntimeException failed) {
            response = CompletableFuture.failedFuture(failed);
        }
        return response.exceptionally(failure -> answer(exchange, failure));
    }

    private static void limits(HttpExchange exchange) {
        if (exchange.request().bodyBytes() > HttpHandler.LARGE_BODY_BYTES) {
            throw HttpRejectedException.of(413, "Request Entity Too Large", "the body is over 10 MB");
        }
        if (RequestChecks.headBytes(exchange.request()) > RequestChecks.MAX_HEADER_BYTES) {
            throw HttpRejectedException.of(
                    431, "Request Header Fields Too Large", "request line and headers are over 10240 bytes");
        }
    }

    /** Routes the request, or answers it: with a CORS policy the gateway answers OPTIONS requests itself. */
    private static Optional<HttpResponse> preflight(HttpExchange exchange) {
        CorsPolicy cors = exchange.deployment().definition().cors();
        String method = exchange.request().method();
        boolean isOptions = cors != null && method.equals("OPTIONS");
        Optional<String> origin = exchange.request().header("origin");
        boolean isPreflight = isOptions
                && origin.isPresent()
                && exchange.request().header("access-control-request-method").isPresent();
        if (isPreflight && cors != null) {
            return Optional.of(response(exchange, 204, cors.preflight(origin.orElseThrow())));
        }
        Optional<HttpRoutes.Match> match =
                exchange.deployment().definition().routes().find(method, exchange.path());
        if (match.isEmpty() && isOptions) {
            return Optional.of(response(exchange, 204, Map.of()));
        }
        exchange.routed(match.orElseThrow(() -> HttpRejectedException.of(404, "Not Found", "no route fits")));
        return Optional.empty();
    }

    private CompletableFuture<HttpResponse> serveWithFaults(HttpExchange exchange) {
        return faults.perform(exchange.path(), FAULT_ERRORS, new FaultableCall<HttpResponse>() {
                    @Override
                    public CompletionStage<HttpResponse> perform() {
                        return serve(exchange);
                    }

                    @Override
                    public CompletionStage<HttpResponse> timeout(FaultErrors errors) {
                        Duration limit = exchange.route().integration().timeout();
                        return new CompletableFuture<HttpResponse>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
                    }
                })
                .toCompletableFuture();
    }

    private CompletableFuture<HttpResponse> serve(HttpExchange exchange) {
        HttpRoute route = exchange.route();
        if (!exchange.deployment().throttles().admits(route.path(), route.method())) {
            throw HttpRejectedException.of(429, "Too Many Requests", "over the stage's rate");
        }
        return authorizers.admit(exchange).thenCompose(integrations::call).thenApply(answer -> {
            exchange.answered(answer);
            if (route.integration().target().kind() == HttpIntegration.Target.Kind.SERVICE) {
                journal.served(exchange);
            }
            return mapped(exchange);
        });
    }

    private static HttpResponse mapped(HttpExchange exchange) {
        IntegrationAnswer answer = exchange.integrationAnswer();
        boolean hasPolicy = exchange.deployment().definition().cors() != null;
        ResponseHeaders headers = new ResponseHeaders();
        answer.headers().forEach((name, values) -> {
            if (!hasPolicy || !CorsPolicy.owns(name)) {
                headers.mapped(name, values);
            }
        });
        int status = answer.status();
        for (ResponseChange change :
                exchange.route().integration().responses().getOrDefault(Integer.toString(answer.status()), List.of())) {
            status = changed(exchange, change, headers, status);
        }
        own(exchange, headers);
        return new HttpResponse(status, headers.all(), new HttpResponse.Bytes(answer.body()));
    }

    private static int changed(HttpExchange exchange, ResponseChange change, ResponseHeaders headers, int status) {
        String value = change.value().resolve(exchange);
        if (change.header().isEmpty()) {
            boolean isStatus = value != null && value.matches("[1-5]\\d\\d");
            return isStatus ? Integer.parseInt(value) : status;
        }
        List<String> values = new ArrayList<>();
        if (change.action() == Action.APPEND) {
            values.addAll(headers.all().getOrDefault(change.header(), List.of()));
        }
        if (change.action() == Action.REMOVE) {
            headers.all().remove(change.header());
        } else if (value != null) {
            values.add(value);
            headers.mapped(change.header(), values);
        }
        return status;
    }

    /** Adds the gateway's own headers, those of the CORS policy among them. */
    private static void own(HttpExchange exchange, ResponseHeaders headers) {
        headers.own("Apigw-Requestid", exchange.ids().extended());
        CorsPolicy cors = exchange.deployment().definition().cors();
        Optional<String> origin = exchange.request().header("origin");
        if (cors != null && origin.isPresent()) {
            cors.actual(origin.get()).forEach(headers::own);
        }
    }

    private static HttpResponse response(HttpExchange exchange, int status, Map<String, String> more) {
        ResponseHeaders headers = new ResponseHeaders();
        headers.own("Apigw-Requestid", exchange.ids().extended());
        more.forEach(headers::own);
        return new HttpResponse(status, headers.all(), new HttpResponse.Bytes(new byte[0]));
    }

    private HttpResponse answer(HttpExchange exchange, Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        if (cause instanceof DroppedConnectionException dropped) {
            throw dropped;
        }
        HttpRejectedException rejection = rejection(exchange, cause);
        journal.rejected(exchange, rejection.status(), rejection.reason());
        ResponseHeaders headers = new ResponseHeaders();
        headers.own("Content-Type", MediaTypes.JSON);
        own(exchange, headers);
        rejection.headers().forEach(headers::own);
        byte[] body = JsonValues.print(new LinkedHashMap<>(Map.of("message", rejection.shown())))
                .getBytes(StandardCharsets.UTF_8);
        return new HttpResponse(rejection.status(), headers.all(), new HttpResponse.Bytes(body));
    }

    private static HttpRejectedException rejection(HttpExchange exchange, Throwable cause) {
        String request = exchange.request().method() + " " + exchange.path();
        if (cause instanceof HttpRejectedException rejection) {
            if (rejection.status() >= 500) {
                LOG.warn("{}: {}", request, rejection.reason());
            }
            return rejection;
        }
        if (cause instanceof TimeoutException) {
            return HttpRejectedException.of(503, "Service Unavailable", "the integration did not answer in time");
        }
        LOG.warn("{}: the integration failed", request, cause);
        return HttpRejectedException.internal("the integration failed: " + cause.getMessage());
    }
}
