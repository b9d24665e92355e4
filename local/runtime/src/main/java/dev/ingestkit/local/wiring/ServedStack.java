package dev.ingestkit.local.wiring;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.TrackedFunctions;
import dev.ingestkit.local.gateway.Gateway;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.inprocess.HeldRequests;
import dev.ingestkit.local.inprocess.HoldableHandler;
import dev.ingestkit.local.template.spec.Stack;
import java.util.List;
import java.util.function.Consumer;

/**
 * The services, APIs and mappings of a stack over one state. Where another state is loaded, all of it is closed and
 * created again; port, functions, journal, faults and clock stay. Thread-safe.
 */
final class ServedStack implements AutoCloseable {

    private final Stack stack;
    private final RuntimeParts parts;
    private final DataServices services;
    private final Gateway gateway;
    private final HoldableHandler apis;
    private final EventSources sources;

    ServedStack(Stack stack, RuntimeParts parts, FunctionHost functions, DataServices services) {
        this.stack = requireNonNull(stack, "stack");
        this.parts = requireNonNull(parts, "parts");
        this.services = requireNonNull(services, "services");
        FunctionInvoker tracked = new TrackedFunctions(parts.clock(), functions);
        this.gateway = services.gateway(tracked);
        this.apis = new HoldableHandler(gateway);
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

    /** Returns the handler of the APIs. */
    HttpHandler apis() {
        return apis;
    }

    /** Lets new requests of the APIs wait; those in flight, and their calls of services, continue. */
    HeldRequests holdApis() {
        return apis.hold();
    }

    /**
     * Creates the resources, registers functions among them, deploys the APIs and starts the mappings.
     *
     * @param notRun receives each part that does not run
     * @return what became of the resources of the state that the template has changed
     */
    List<String> start(Runnable registerFunctions, Consumer<String> notRun) {
        services.create(stack);
        registerAndDeploy(registerFunctions, () -> Apis.deploy(stack, gateway, parts.tokenKeys(), notRun));
        services.createTables(stack);
        services.rotate(stack);
        List<String> changes = services.changes();
        sources.start(stack, services::reads);
        services.invocations().resume();
        return changes;
    }

    /** Unpacking code and starting JVMs take as long as reading the APIs' documents. */
    private void registerAndDeploy(Runnable registerFunctions, Runnable deployApis) {
        boolean hasApis =
                !stack.compute().apis().isEmpty() || !stack.compute().httpApis().isEmpty();
        SideBySide.run(hasApis ? List.of(registerFunctions, deployApis) : List.of(registerFunctions));
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
