package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.TrackedFunctions;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.inprocess.HeldRequests;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The services, APIs and mappings of a stack over one state. Where another state is loaded, all of it is closed and
 * created again; port, functions, journal, faults and clock stay. Thread-safe.
 */
final class ServedStack implements AutoCloseable {

    private final Stack stack;
    private final RuntimeParts parts;
    private final DataServices services;
    private final Gateway gateway;
    private final EventSources sources;
    private volatile boolean deployed;
    private volatile @Nullable HeldRequests held;

    ServedStack(Stack stack, RuntimeParts parts, FunctionHost functions, DataServices services) {
        this.stack = requireNonNull(stack, "stack");
        this.parts = requireNonNull(parts, "parts");
        this.services = requireNonNull(services, "services");
        FunctionInvoker tracked = new TrackedFunctions(parts.clock(), functions);
        this.gateway = services.gateway(tracked);
        this.sources = new EventSources(services.mappings(tracked), services.queueMappings(tracked));
    }

    DataServices services() {
        return services;
    }

    Gateway gateway() {
        return gateway;
    }

    EventSources sources() {
        return sources;
    }

    /** Returns the handler of the APIs: asks clients to retry until all APIs are deployed, where 404 would be final. */
    HttpHandler apis() {
        return new HttpHandler() {
            @Override
            public CompletionStage<HttpResponse> handle(HttpRequest request) {
                HttpHandler waiting = held;
                if (waiting != null) {
                    return waiting.handle(request);
                }
                return deployed
                        ? gateway.handle(request)
                        : CompletableFuture.completedFuture(HttpResponse.text(503, "the runtime is starting\n")
                                .withHeader("Retry-After", "1"));
            }

            @Override
            public boolean readsLargeBody(HttpRequest head) {
                return gateway.readsLargeBody(head);
            }
        };
    }

    /** Lets new requests of the APIs wait; those in flight, and their calls of services, continue. */
    HeldRequests holdApis() {
        HeldRequests requests = new HeldRequests();
        held = requests;
        return requests;
    }

    /**
     * Creates the resources, registers functions among them, deploys the APIs and starts the mappings.
     *
     * @param notRun receives each part that does not run
     * @return what became of the resources of the state that the template has changed
     */
    List<String> start(Runnable registerFunctions, Consumer<String> notRun) {
        services.create(stack);
        registerFunctions.run();
        Apis.deploy(stack, gateway, parts.tokenKeys(), notRun);
        deployed = true;
        services.createTables(stack);
        services.rotate(stack);
        List<String> changes = services.changes();
        sources.start(stack, services::reads);
        services.invocations().resume();
        return changes;
    }

    /** Closes all parts, the ones that need others first. */
    @Override
    public void close() {
        try (services;
                gateway) {
            sources.close();
        }
    }
}
