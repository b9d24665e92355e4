package dev.ingestkit.local.gateway;

import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultableCall;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.Integration;
import dev.ingestkit.local.gateway.definition.IntegrationResponses;
import dev.ingestkit.local.gateway.definition.LambdaAuthorizer;
import dev.ingestkit.local.gateway.definition.MethodDefinition;
import dev.ingestkit.local.gateway.definition.RouteTable;
import dev.ingestkit.local.gateway.definition.UserPoolAuthorizer;
import dev.ingestkit.local.gateway.expression.TemplateFailedException;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a request in AWS's order: limits, route, throttle, resource policy, authorizer, validation, integration, response mapping. Every
 * request gets an answer and a journal entry. Thread-safe.
 */
final class RequestPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);
    private static final FaultErrors FAULT_ERRORS = new FaultErrors(
            () -> RequestRejectedException.of(GatewayResponseType.THROTTLED, "fault: throttle"),
            () -> RequestRejectedException.of(GatewayResponseType.API_CONFIGURATION_ERROR, "fault: error"),
            DroppedConnectionException::new);

    private final AuthorizerGate authorizers;
    private final UserPoolGate userPools;
    private final IntegrationCaller integrations;
    private final FunctionCaller functions;
    private final ServerCaller servers;
    private final GatewayJournal journal;
    private final FaultInjector faults;

    RequestPipeline(
            AuthorizerGate authorizers,
            UserPoolGate userPools,
            IntegrationCaller integrations,
            FunctionCaller functions,
            ServerCaller servers,
            GatewayJournal journal,
            FaultInjector faults) {
        this.authorizers = authorizers;
        this.userPools = userPools;
        this.integrations = integrations;
        this.functions = functions;
        this.servers = servers;
        this.journal = journal;
        this.faults = faults;
    }

    /**
     * Completes with an answer; fails only to close the connection without one, which an injected fault may require.
     */
    CompletableFuture<HttpResponse> run(Exchange exchange) {
        CompletableFuture<HttpResponse> response;
        try {
            route(exchange);
            response = serveWithFaults(exchange);
        } catch (RuntimeException failed) {
            response = CompletableFuture.failedFuture(failed);
        }
        return response.exceptionally(failure -> answer(exchange, failure));
    }

    private static void route(Exchange exchange) {
        RequestChecks.limits(exchange.request());
        RouteTable.Match match = exchange.deployment()
                .definition()
                .routes()
                .find(exchange.request().method(), exchange.path())
                .orElseThrow(RequestPipeline::unknown);
        exchange.routed(match);
    }

    /**
     * Returns AWS's answer for every unknown path and method, which it does not distinguish from one that needs
     * signing.
     */
    private static RequestRejectedException unknown() {
        return RequestRejectedException.of(
                GatewayResponseType.MISSING_AUTHENTICATION_TOKEN, "no such resource or method");
    }

    private CompletableFuture<HttpResponse> serveWithFaults(Exchange exchange) {
        return faults.perform(target(exchange), FAULT_ERRORS, new FaultableCall<HttpResponse>() {
                    @Override
                    public CompletionStage<HttpResponse> perform() {
                        return serve(exchange);
                    }

                    @Override
                    public CompletionStage<HttpResponse> timeout(FaultErrors errors) {
                        Duration limit = exchange.method().integration().timeout();
                        return new CompletableFuture<HttpResponse>().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
                    }
                })
                .toCompletableFuture();
    }

    /** Returns the text that a fault's filter is compared with: the last path parameter, which names the event. */
    private static String target(Exchange exchange) {
        String last = exchange.path();
        int open = exchange.method().resourcePath().lastIndexOf('{');
        if (open >= 0) {
            String name = exchange.method()
                    .resourcePath()
                    .substring(open + 1)
                    .replace("}", "")
                    .replace("+", "");
            last = exchange.pathParameters().getOrDefault(name, last);
        }
        return last;
    }

    private CompletableFuture<HttpResponse> serve(Exchange exchange) {
        MethodDefinition method = exchange.method();
        String verb = exchange.request().method();
        if (!exchange.deployment().admits(method, verb)) {
            throw RequestRejectedException.of(GatewayResponseType.THROTTLED, "over the stage's rate");
        }
        RequestChecks.signature(exchange);
        String arn = exchange.deployment().methodArn(verb, exchange.canonicalPath());
        ResourcePolicyGate.admit(exchange, arn);
        UserPoolAuthorizer userPools = method.access().userPools();
        if (userPools != null) {
            return this.userPools.admit(exchange, userPools).thenCompose(this::integrate);
        }
        LambdaAuthorizer authorizer = method.access().authorizer();
        if (authorizer == null) {
            return integrate(exchange);
        }
        return authorizers.admit(exchange, authorizer, arn).thenCompose(this::integrate);
    }

    private CompletableFuture<HttpResponse> integrate(Exchange exchange) {
        RequestChecks.apiKey(exchange);
        RequestChecks.validate(exchange);
        Integration integration = exchange.method().integration();
        exchange.steps().called();
        CompletableFuture<HttpResponse> response = switch (integration.target().kind()) {
            case FUNCTION_PROXY -> functions.proxy(exchange, (Integration.FunctionProxy) integration.target());
            case SERVER_PROXY -> servers.proxy(exchange, (Integration.ServerProxy) integration.target());
            case SERVICE_ACTION, SERVICE_PATH, FUNCTION, SERVER, MOCK, NOT_RUN, MISCONFIGURED ->
                integrations.call(exchange).thenApply(answer -> mapped(exchange, integration, answer));
        };
        return response.thenApply(done -> {
            journal.mapped(exchange, done);
            return done;
        });
    }

    private static HttpResponse mapped(Exchange exchange, Integration integration, IntegrationAnswer answer) {
        exchange.answered(answer);
        IntegrationResponses responses = integration.responses();
        if (responses == null) {
            throw RequestRejectedException.of(
                    GatewayResponseType.API_CONFIGURATION_ERROR, "the integration has no responses");
        }
        return ResponseMapper.map(exchange, responses);
    }

    private HttpResponse answer(Exchange exchange, Throwable failure) {
        Throwable cause = Completions.unwrap(failure);
        if (cause instanceof DroppedConnectionException dropped) {
            throw dropped;
        }
        RequestRejectedException rejection = rejection(exchange, cause);
        HttpResponse response = ResponseMapper.reject(exchange, rejection);
        journal.rejected(exchange, response.status(), rejection.reason());
        return response;
    }

    private static RequestRejectedException rejection(Exchange exchange, Throwable cause) {
        String request = exchange.request().method() + " " + exchange.path();
        if (cause instanceof RequestRejectedException rejection) {
            if (rejection.type().status() >= 500) {
                LOG.warn("{}: {}", request, rejection.reason());
            }
            return rejection;
        }
        if (cause instanceof TimeoutException) {
            return RequestRejectedException.of(
                    GatewayResponseType.INTEGRATION_TIMEOUT, "the integration did not answer in time");
        }
        if (cause instanceof TemplateFailedException failed) {
            LOG.warn("{}: a mapping template failed: {}", request, failed.getMessage());
            return RequestRejectedException.of(
                    GatewayResponseType.API_CONFIGURATION_ERROR, "a mapping template failed: " + failed.getMessage());
        }
        LOG.warn("{}: the integration failed", request, cause);
        return RequestRejectedException.of(
                GatewayResponseType.INTEGRATION_FAILURE, "the integration failed: " + cause.getMessage());
    }
}
