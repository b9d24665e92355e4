package dev.ingestkit.local.functions;

import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.FaultableCall;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Injects faults into invocations. Thread-safe. */
final class InvokeFaults {

    private static final FaultErrors ERRORS = new FaultErrors(
            () -> new InvokeRejectedException(Reason.THROTTLED, "Rate Exceeded. (injected fault)"),
            () -> new InvokeRejectedException(Reason.START_FAILED, "injected fault: the service failed"),
            () -> new InvokeRejectedException(Reason.START_FAILED, "injected fault: the answer was lost"));

    private final FunctionServices services;
    private final FaultInjector injector;
    private final Outcomes outcomes;
    private final BiConsumer<Call, Boolean> accept;

    /**
     * Creates the fault injection of one function.
     *
     * @param accept queues a call; the flag says whether its process is to crash while the handler runs
     */
    InvokeFaults(FunctionServices services, Outcomes outcomes, BiConsumer<Call, Boolean> accept) {
        this.services = services;
        this.injector = new FaultInjector(services.options().faults(), FaultStage.FUNCTION_INVOKE, services.executor());
        this.outcomes = outcomes;
        this.accept = accept;
    }

    /**
     * Invokes with the fault that is due for the payload, if any.
     *
     * @param calls creates calls of the payload, each with its own id
     */
    CompletableFuture<Invocation> invoke(FunctionConfig config, byte[] payload, Supplier<Call> calls) {
        Optional<Faults.Fault> due =
                services.options().faults().next(FaultStage.FUNCTION_INVOKE, config.name(), () -> EventIds.of(payload));
        return injector.perform(due, ERRORS, new FaultableInvocation(config, calls))
                .toCompletableFuture();
    }

    /** An invocation whose process can crash, and which ends at the function's own timeout. */
    private final class FaultableInvocation implements FaultableCall<Invocation> {

        private final FunctionConfig config;
        private final Supplier<Call> calls;

        FaultableInvocation(FunctionConfig config, Supplier<Call> calls) {
            this.config = config;
            this.calls = calls;
        }

        @Override
        public CompletionStage<Invocation> perform() {
            return accepted(false);
        }

        /** Both run at the same time, as two deliveries of one event do. */
        @Override
        public CompletionStage<Invocation> performTwice() {
            CompletionStage<Invocation> answered = perform();
            var unused = perform();
            return answered;
        }

        @Override
        public CompletionStage<Invocation> performInCrash(FaultErrors errors) {
            return accepted(true);
        }

        @Override
        public CompletionStage<Invocation> timeout(FaultErrors errors) {
            Call call = calls.get();
            services.later(
                    config.limits().timeout(), () -> call.end(outcomes.timedOut(call, config), services.executor()));
            return call.future();
        }

        private CompletionStage<Invocation> accepted(boolean crash) {
            Call call = calls.get();
            accept.accept(call, crash);
            return call.future();
        }
    }
}
