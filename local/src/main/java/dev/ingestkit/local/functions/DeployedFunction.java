package dev.ingestkit.local.functions;

import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults.Fault;
import dev.ingestkit.local.functions.FunctionLog.Line;
import dev.ingestkit.local.functions.FunctionLog.Source;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import dev.ingestkit.local.functions.RemoteEnvironment.State;
import dev.ingestkit.local.functions.bootstrap.Frame;
import dev.ingestkit.local.journal.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One function: its waiting invocations and the environments that run them. Invocations wait in order of arrival for an
 * idle environment; more environments are opened while some wait. Thread-safe: one lock guards the state, and nothing
 * that may block is done under it.
 */
final class DeployedFunction implements FunctionJvm.Listener {

    /** Lambda's limit of an answer, as its error text has it; of an event it is 100 bytes less. */
    static final int LARGEST_PAYLOAD = 6_291_556;

    private static final int LARGEST_EVENT = 6_291_456;

    /** Lambda's concurrency of an account: beyond it, invocations are throttled. */
    private static final int MOST_IN_FLIGHT = 1_000;

    /** Opening an environment costs more than this, so a shorter wait is no reason for one. */
    private static final Duration WAIT_BEFORE_GROWTH = Duration.ofMillis(10);

    private static final int MOST_OPENING = 2;
    private static final Duration LONGEST_INIT = Duration.ofSeconds(10);
    private static final Duration DEBUGGED_DEADLINE = Duration.ofHours(24);
    private static final Duration CRASH_DELAY = Duration.ofMillis(5);

    private final FunctionServices services;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> afterUnlock = new ArrayList<>();
    private final Deque<Call> queue = new ArrayDeque<>();
    private final Endings endings;
    private final JvmPool pool;
    private int inFlight;
    private boolean growthPlanned;
    private boolean closed;

    DeployedFunction(FunctionServices services, FunctionConfig config, TaskRoot code) {
        this.services = services;
        this.endings = new Endings(services.options().clock());
        this.pool = new JvmPool(services, this, config, code);
    }

    private <T> T locked(Supplier<T> work) {
        List<Runnable> after;
        T result;
        lock.lock();
        try {
            result = work.get();
            after = List.copyOf(afterUnlock);
            afterUnlock.clear();
        } finally {
            lock.unlock();
        }
        after.forEach(Runnable::run);
        return result;
    }

    private void lockedRun(Runnable work) {
        locked(() -> {
            work.run();
            return true;
        });
    }

    FunctionConfig config() {
        return locked(pool::config);
    }

    String contentHash() {
        return locked(() -> pool.code().contentHash());
    }

    List<FunctionJvm> processes() {
        return locked(pool::all);
    }

    /** Starts the first environment before anyone asks for it. */
    void warmUp() {
        lockedRun(this::openFirst);
    }

    private void openFirst() {
        if (!closed
                && pool.live() == 0
                && !pool.portHeld()
                && pool.startBarred().isEmpty()) {
            open();
        }
    }

    // ---- invocations ----

    CompletableFuture<Invocation> invoke(byte[] payload) {
        FunctionConfig config = config();
        if (payload.length > LARGEST_EVENT) {
            return CompletableFuture.failedFuture(new InvokeRejectedException(
                    Reason.PAYLOAD_TOO_LARGE,
                    payload.length + " byte payload is too large for the RequestResponse invocation type (limit "
                            + LARGEST_EVENT + " bytes)"));
        }
        Optional<Fault> fault = services.options().faults().next(FaultStage.FUNCTION_INVOKE, config.name());
        Call call = call(payload, config);
        if (fault.isEmpty()) {
            accept(call, false);
        } else {
            acceptFaulty(call, fault.get(), config);
        }
        return call.future();
    }

    private Call call(byte[] payload, FunctionConfig config) {
        String id = services.options().ids().get().toString();
        return new Call(id, payload, config, services.options().log());
    }

    private void acceptFaulty(Call call, Fault fault, FunctionConfig config) {
        FaultKind kind = fault.kind();
        switch (kind) {
            case THROTTLE -> call.reject(throttled("injected fault"), services.executor());
            case ERROR -> call.reject(rejected("injected fault: the service failed"), services.executor());
            case TIMEOUT -> later(config.timeout(), () -> endTimedOut(call, config));
            case DELAY -> later(fault.delay(), () -> accept(call, false));
            case CRASH -> accept(call, true);
            case DUPLICATE -> {
                accept(call, false);
                accept(call(call.payload(), config), false);
            }
            case DROP -> {
                Call hidden = call(call.payload(), config);
                accept(hidden, false);
                Future<?> dropped = hidden.future()
                        .whenComplete((answer, error) ->
                                call.reject(rejected("injected fault: the answer was lost"), services.executor()));
                Objects.requireNonNull(dropped);
            }
        }
    }

    private void later(Duration delay, Runnable work) {
        services.scheduler().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void accept(Call call, boolean crash) {
        lockedRun(() -> {
            Optional<InvokeRejectedException> refused = refusal();
            if (refused.isPresent()) {
                afterUnlock.add(() -> call.reject(refused.get(), services.executor()));
                return;
            }
            if (crash) {
                call.crashWhenStarted();
            }
            inFlight++;
            queue.add(call);
            dispatch();
        });
    }

    private Optional<InvokeRejectedException> refusal() {
        if (closed) {
            return Optional.of(rejected("function " + pool.config().name() + " is closed"));
        }
        Integer reserved = pool.config().reservedConcurrency();
        if (inFlight >= (reserved == null ? MOST_IN_FLIGHT : reserved)) {
            return Optional.of(throttled(reserved == null ? "account" : "reserved function concurrency"));
        }
        return pool.live() > 0 ? Optional.empty() : pool.startBarred().map(DeployedFunction::rejected);
    }

    private static InvokeRejectedException throttled(String why) {
        return new InvokeRejectedException(Reason.THROTTLED, "Rate Exceeded. (" + why + ")");
    }

    private static InvokeRejectedException rejected(String why) {
        return new InvokeRejectedException(Reason.START_FAILED, why);
    }

    private void dispatch() {
        while (!queue.isEmpty()) {
            RemoteEnvironment environment = pool.idle();
            if (environment == null) {
                grow();
                return;
            }
            assign(environment, queue.remove());
        }
    }

    private void assign(RemoteEnvironment environment, Call call) {
        FunctionConfig config = environment.jvm().config();
        Duration allowed = config.debugged() ? DEBUGGED_DEADLINE : config.timeout();
        Future<?> timer = services.scheduler()
                .schedule(() -> timedOut(environment, call), allowed.toNanos(), TimeUnit.NANOSECONDS);
        long now = services.options().clock().millis();
        Origin origin = new Origin(call.requestId(), config.name());
        String trace = services.traces()
                .register(origin, now / 1_000, services.options().ids().get());
        environment.run(call);
        call.start(environment.takeInitMicros(), timer);
        Frame frame = new Frame(
                Frame.Type.INVOKE,
                environment.number(),
                List.of(call.requestId(), trace, config.arn()),
                List.of(now + allowed.toMillis()),
                call.payload());
        afterUnlock.add(() -> {
            call.logStart();
            environment.jvm().send(frame);
            if (call.crashes()) {
                later(CRASH_DELAY, environment.jvm()::kill);
            }
        });
    }

    // ---- environments ----

    private void grow() {
        if (pool.live() == 0) {
            openFirst();
            return;
        }
        long opening = pool.opening();
        if (growthPlanned || opening >= MOST_OPENING || opening >= queue.size() || pool.live() >= pool.limit()) {
            return;
        }
        Call first = queue.element();
        if (first.waitedNanos() >= WAIT_BEFORE_GROWTH.toNanos()) {
            open();
            grow();
        } else {
            growthPlanned = true;
            later(
                    WAIT_BEFORE_GROWTH,
                    () -> lockedRun(() -> {
                        growthPlanned = false;
                        dispatch();
                    }));
        }
    }

    private void open() {
        watchInit(pool.open());
    }

    /** Lambda ends an initialisation after 10 seconds and tries again within the invocation's time. */
    private void watchInit(RemoteEnvironment environment) {
        FunctionConfig config = environment.jvm().config();
        if (!config.debugged()) {
            later(LONGEST_INIT.plus(config.timeout()), () -> lockedRun(() -> initTimedOut(environment)));
        }
    }

    private void initTimedOut(RemoteEnvironment environment) {
        FunctionJvm jvm = environment.jvm();
        if (environment.state() != State.OPENING || jvm.environment(environment.number()) == null) {
            return;
        }
        environment.lose();
        services.journal(jvm.config().name(), "timed out", "while its handler was being loaded");
        if (pool.isCandidate(jvm)) {
            pool.dropCandidate();
        } else {
            pool.retire(jvm);
            endNextWaiting(call -> endings.timedOut(call, jvm.config()));
        }
        dispatch();
    }

    private void timedOut(RemoteEnvironment environment, Call call) {
        lockedRun(() -> {
            if (environment.call() != call) {
                return;
            }
            FunctionConfig config = environment.jvm().config();
            environment.lose();
            services.journal(config.name(), "timed out", call.requestId());
            pool.retire(environment.jvm());
            inFlight--;
            afterUnlock.add(() -> call.end(endings.timedOut(call, config), services.executor()));
            openFirst();
            dispatch();
        });
    }

    private void endTimedOut(Call call, FunctionConfig config) {
        call.end(endings.timedOut(call, config), services.executor());
    }

    private void endNextWaiting(Function<Call, Call.Ending> ending) {
        Call waiting = queue.poll();
        if (waiting != null) {
            inFlight--;
            afterUnlock.add(() -> {
                waiting.logStart();
                waiting.end(ending.apply(waiting), services.executor());
            });
        }
    }

    // ---- what the processes say ----

    @Override
    public void received(FunctionJvm jvm, Frame frame) {
        if (frame.type() == Frame.Type.LOG) {
            log(jvm, frame);
            return;
        }
        lockedRun(() -> {
            RemoteEnvironment environment = jvm.environment(frame.environment());
            if (environment == null || environment.state() == State.LOST) {
                return;
            }
            switch (frame.type()) {
                case READY -> ready(environment, frame);
                case INIT_FAILED -> initFailed(environment, frame);
                case SUCCEEDED, FAILED, FATAL -> answered(environment, frame);
                case HELLO, OPEN, INVOKE, LOG ->
                    throw new IllegalStateException("unexpected frame from a function: " + frame.type());
            }
        });
    }

    private void ready(RemoteEnvironment environment, Frame frame) {
        FunctionJvm jvm = environment.jvm();
        boolean first = environment.number() == 0;
        long micros = frame.numbers().get(0);
        environment.ready(micros);
        pool.startSucceeded();
        String detail = String.format(Locale.ROOT, "handler loaded in %.0f ms", micros / 1_000.0);
        if (pool.isCandidate(jvm)) {
            pool.promote();
            services.journal(jvm.config().name(), "reloaded", detail);
        } else if (first) {
            services.journal(jvm.config().name(), "started", detail);
        }
        dispatch();
    }

    private void initFailed(RemoteEnvironment environment, Frame frame) {
        FunctionJvm jvm = environment.jvm();
        jvm.environments().remove(environment);
        String error = new String(frame.body(), StandardCharsets.UTF_8);
        if (pool.isCandidate(jvm)) {
            services.journal(jvm.config().name(), "reload failed", error);
            pool.dropCandidate();
        } else {
            services.journal(jvm.config().name(), "init failed", error);
            endNextWaiting(call -> endings.initFailed(frame));
        }
        dispatch();
    }

    private void answered(RemoteEnvironment environment, Frame frame) {
        Call call = environment.call();
        if (call == null || !call.requestId().equals(frame.texts().get(0))) {
            return;
        }
        if (frame.type() == Frame.Type.FATAL) {
            environment.lose();
            pool.retire(environment.jvm());
            openFirst();
        } else {
            environment.idle();
            pool.settle(environment.jvm());
        }
        inFlight--;
        afterUnlock.add(() -> call.end(endings.answered(frame), services.executor()));
        dispatch();
    }

    private void log(FunctionJvm jvm, Frame frame) {
        Source source = Source.valueOf(frame.texts().get(0).toUpperCase(Locale.ROOT));
        String requestId = frame.texts().get(1);
        @Nullable
        Call call = locked(() -> {
                    RemoteEnvironment environment = jvm.environment(frame.environment());
                    return Optional.ofNullable(environment == null ? null : environment.call());
                })
                .filter(running -> running.requestId().equals(requestId))
                .orElse(null);
        for (String line : new String(frame.body(), StandardCharsets.UTF_8).split("\r?\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (call != null) {
                call.log(source, line);
            } else {
                String request = requestId.isEmpty() ? null : requestId;
                services.options().log().line(new Line(jvm.config().name(), request, source, line));
            }
        }
    }

    @Override
    public void printed(FunctionJvm jvm, String line) {
        services.options().log().line(new Line(jvm.config().name(), null, Source.JVM, line));
    }

    @Override
    public void ended(FunctionJvm jvm, FunctionJvm.End end) {
        lockedRun(() -> {
            boolean wanted = pool.isCurrent(jvm);
            boolean opening = jvm.environments().stream().anyMatch(one -> one.state() == State.OPENING);
            pool.remove(jvm);
            services.journal(jvm.config().name(), jvm.killed() ? "killed" : "exited", end.reason());
            for (RemoteEnvironment environment : jvm.environments()) {
                Call call = environment.call();
                if (call != null) {
                    environment.lose();
                    inFlight--;
                    afterUnlock.add(() -> call.end(endings.exited(call, end.status()), services.executor()));
                }
            }
            if (!closed && wanted) {
                recover(end, opening && !jvm.killed());
            } else if (!closed) {
                openFirst();
                dispatch();
            }
        });
    }

    private void recover(FunctionJvm.End end, boolean failedAtInit) {
        if (!end.connected()) {
            pool.startFailed(end.reason());
            if (pool.live() == 0) {
                rejectWaiting(
                        "function %s did not start: %s".formatted(pool.config().name(), end.reason()));
            }
        } else if (failedAtInit) {
            endNextWaiting(call -> endings.exited(call, end.status()));
        } else {
            openFirst();
        }
        dispatch();
    }

    private void rejectWaiting(String reason) {
        for (Call waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            Call refused = waiting;
            inFlight--;
            afterUnlock.add(() -> refused.reject(rejected(reason), services.executor()));
        }
    }

    // ---- versions ----

    /** Takes another version over as soon as its handler has loaded; until then, and if it does not, the old one runs. */
    void reload(FunctionConfig version, TaskRoot root) {
        lockedRun(() -> {
            if (closed) {
                return;
            }
            if (version.debugged() || pool.config().debugged()) {
                pool.adopt(version, root);
                openFirst();
            } else {
                watchInit(pool.tryOut(version, root));
            }
        });
    }

    /** Ends all processes; what waits or runs fails. */
    void close() {
        lockedRun(() -> {
            closed = true;
            rejectWaiting("function " + pool.config().name() + " is closed");
            pool.all().forEach(FunctionJvm::kill);
        });
    }
}
