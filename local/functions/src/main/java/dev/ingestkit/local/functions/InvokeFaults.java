package dev.ingestkit.local.functions;

import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults.Fault;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Carries out the faults that are injected into invocations. Thread-safe. */
final class InvokeFaults {

    private final FunctionServices services;
    private final Endings endings;
    private final BiConsumer<Call, Boolean> accept;

    /**
     * @param accept takes a call into the queue; true if its process is to end while the handler runs
     */
    InvokeFaults(FunctionServices services, Endings endings, BiConsumer<Call, Boolean> accept) {
        this.services = services;
        this.endings = endings;
        this.accept = accept;
    }

    /** The fault that an invocation with that payload meets. */
    Optional<Fault> due(FunctionConfig config, byte[] payload) {
        return services.options().faults().next(FaultStage.FUNCTION_INVOKE, config.name(), () -> EventIds.of(payload));
    }

    /**
     * @param another makes a call like the first one, with an id of its own
     */
    void strike(Fault fault, Call call, FunctionConfig config, Supplier<Call> another) {
        switch (fault.kind()) {
            case THROTTLE -> reject(call, Reason.THROTTLED, "Rate Exceeded. (injected fault)");
            case ERROR -> reject(call, Reason.START_FAILED, "injected fault: the service failed");
            case TIMEOUT ->
                services.later(config.timeout(), () -> call.end(endings.timedOut(call, config), services.executor()));
            case DELAY -> services.later(fault.delay(), () -> accept.accept(call, false));
            case CRASH -> accept.accept(call, true);
            case DUPLICATE -> {
                accept.accept(call, false);
                accept.accept(another.get(), false);
            }
            case DROP -> {
                Call hidden = another.get();
                hidden.whenDone(() -> reject(call, Reason.START_FAILED, "injected fault: the answer was lost"));
                accept.accept(hidden, false);
            }
        }
    }

    private void reject(Call call, Reason reason, String message) {
        call.reject(new InvokeRejectedException(reason, message), services.executor());
    }
}
