package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.functions.FunctionLog.Source;
import dev.ingestkit.local.functions.RemoteEnvironment.State;
import dev.ingestkit.local.functions.code.TaskRoot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One function: its waiting invocations and the environments that run them. Invocations wait in order of arrival for an
 * idle environment; more environments are opened while invocations wait. Thread-safe: one lock guards the state, and no
 * blocking work is done under it.
 */
final class DeployedFunction implements FunctionProcess.Listener {

    /** Lambda's limit for an event, in bytes. */
    private static final int MAX_EVENT = 6_291_456;

    /** Lambda's default concurrency limit of an account: beyond it, invocations are throttled. */
    private static final int MAX_IN_FLIGHT = 1_000;

    /** Opening an environment takes longer than this, so a shorter wait, such as a pause of the machine, opens none. */
    private static final Duration WAIT_BEFORE_GROWTH = Duration.ofMillis(50);

    private static final int MAX_OPENING = 2;
    private static final Duration MAX_INIT = Duration.ofSeconds(10);
    private static final Duration DEBUGGED_DEADLINE = Duration.ofHours(24);
    private static final Duration CRASH_DELAY = Duration.ofMillis(5);

    private final FunctionServices services;
    private final FunctionLock lock = new FunctionLock();
    private final Deque<Call> queue = new ArrayDeque<>();
    private final FunctionOutput output;
    private final Outcomes outcomes;
    private final InvokeFaults faults;
    private final ProcessPool pool;
    private final LoadErrors errors;
    private int inFlight;
    private boolean growthPlanned;
    private boolean closed;

    DeployedFunction(FunctionServices services, FunctionConfig config, TaskRoot code) {
        this.services = services;
        this.output = new FunctionOutput(services.options().log());
        this.outcomes = new Outcomes(services.options().clock());
        this.faults = new InvokeFaults(services, outcomes, this::accept);
        this.errors = new LoadErrors(services, config.name());
        this.pool = new ProcessPool(services, lock, this, config, code);
    }

    FunctionConfig config() {
        return lock.get(pool::config);
    }

    String contentHash() {
        return lock.get(() -> pool.code().contentHash());
    }

    List<FunctionProcess> processes() {
        return lock.get(pool::all);
    }

    LoadErrors errors() {
        return errors;
    }

    boolean reloading() {
        return lock.get(pool::hasCandidate);
    }

    /** Starts the first environment before the first invocation. */
    void warmUp() {
        lock.run(this::openFirst);
    }

    private void openFirst() {
        if (!closed
                && pool.live() == 0
                && !pool.debugPortInUse()
                && pool.startBlocked().isEmpty()) {
            watchInit(pool.open());
        }
    }

    CompletableFuture<Invocation> invoke(byte[] payload) {
        FunctionConfig config = config();
        if (payload.length > MAX_EVENT) {
            return CompletableFuture.failedFuture(InvokeRejectedException.tooLarge(payload.length, MAX_EVENT));
        }
        return faults.invoke(config, payload, () -> call(payload, config));
    }

    private Call call(byte[] payload, FunctionConfig config) {
        String id = services.options().ids().get().toString();
        return new Call(id, payload, config, services.options());
    }

    private void accept(Call call, boolean crash) {
        lock.run(() -> {
            Optional<InvokeRejectedException> refused = refusal();
            if (refused.isPresent()) {
                lock.after(() -> call.reject(refused.get(), services.executor()));
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
            return Optional.of(InvokeRejectedException.startFailed(
                    "function " + pool.config().name() + " is closed"));
        }
        Integer reserved = pool.config().limits().reservedConcurrency();
        if (inFlight >= (reserved == null ? MAX_IN_FLIGHT : reserved)) {
            return Optional.of(
                    InvokeRejectedException.throttled(reserved == null ? "account" : "reserved function concurrency"));
        }
        return pool.live() > 0 ? Optional.empty() : pool.startBlocked().map(InvokeRejectedException::startFailed);
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
        FunctionConfig config = environment.process().config();
        Duration allowed =
                config.debugged() ? DEBUGGED_DEADLINE : config.limits().timeout();
        var timer = services.timer(allowed, () -> timedOut(environment, call));
        CallStart start = CallStart.of(services, config, call, allowed, environment.takeInitMicros(), timer);
        environment.run(call);
        Frame frame = call.frame(environment.number(), start.traceHeader(), start.deadline());
        lock.after(() -> {
            call.logStart();
            environment.process().send(frame);
            if (call.crashes()) {
                services.later(CRASH_DELAY, environment.process()::crash);
            }
        });
    }

    private void grow() {
        if (pool.live() == 0) {
            openFirst();
            pool.startBlocked().ifPresent(reason -> services.later(pool.startPause(), () -> lock.run(this::dispatch)));
            return;
        }
        long opening = pool.opening();
        if (growthPlanned || opening >= MAX_OPENING || opening >= queue.size() || pool.live() >= pool.limit()) {
            return;
        }
        Call first = queue.element();
        if (first.waitedNanos() >= WAIT_BEFORE_GROWTH.toNanos()) {
            watchInit(pool.open());
            grow();
        } else {
            growthPlanned = true;
            services.later(
                    WAIT_BEFORE_GROWTH,
                    () -> lock.run(() -> {
                        growthPlanned = false;
                        dispatch();
                    }));
        }
    }

    /** Lambda stops an initialization after 10 seconds and retries it within the invocation's timeout. */
    private void watchInit(RemoteEnvironment environment) {
        FunctionConfig config = environment.process().config();
        if (!config.debugged()) {
            services.later(MAX_INIT.plus(config.limits().timeout()), () -> lock.run(() -> initTimedOut(environment)));
        }
    }

    private void initTimedOut(RemoteEnvironment environment) {
        FunctionProcess process = environment.process();
        if (environment.state() != State.OPENING || process.environment(environment.number()) == null) {
            return;
        }
        environment.lose();
        services.journal(process.config().name(), "timed out", "while its handler was being loaded");
        if (pool.isCandidate(process)) {
            errors.reloadFailed("its handler was not loaded in time");
            pool.dropCandidate();
        } else {
            pool.retire(process);
            endNextWaiting(call -> outcomes.timedOut(call, process.config()));
        }
        dispatch();
    }

    private void timedOut(RemoteEnvironment environment, Call call) {
        lock.run(() -> {
            if (environment.call() != call) {
                return;
            }
            FunctionConfig config = environment.process().config();
            environment.lose();
            services.journal(config.name(), "timed out", call.requestId());
            pool.retire(environment.process());
            inFlight--;
            lock.after(() -> call.end(outcomes.timedOut(call, config), services.executor()));
            openFirst();
            dispatch();
        });
    }

    private void endNextWaiting(Function<Call, Call.Outcome> outcome) {
        Call waiting = queue.poll();
        if (waiting != null) {
            inFlight--;
            lock.after(() -> {
                waiting.logStart();
                waiting.end(outcome.apply(waiting), services.executor());
            });
        }
    }

    @Override
    public void received(FunctionProcess process, Frame frame) {
        if (frame.type() == Frame.Type.LOG) {
            output.printed(process.config().name(), frame, running(process, frame.environment()));
            return;
        }
        lock.run(() -> {
            RemoteEnvironment environment = process.environment(frame.environment());
            if (environment == null || environment.state() == State.LOST) {
                return;
            }
            switch (frame.type()) {
                case READY -> ready(environment, frame);
                case INIT_FAILED -> initFailed(environment, frame);
                case SUCCEEDED, FAILED, FATAL, TOO_LARGE -> answered(environment, frame);
                case HELLO, OPEN, INVOKE, LOG ->
                    throw new IllegalStateException("unexpected frame from a function: " + frame.type());
            }
        });
    }

    private void ready(RemoteEnvironment environment, Frame frame) {
        FunctionProcess process = environment.process();
        long micros = frame.numbers().get(0);
        environment.ready(micros);
        pool.startSucceeded();
        errors.loaded();
        String detail = "handler loaded in %d ms".formatted(Math.round(micros / 1_000.0));
        if (pool.isCandidate(process)) {
            pool.promote();
            errors.reloaded();
            openFirst();
            services.journal(process.config().name(), "reloaded", detail);
        } else if (environment.number() == 0) {
            services.journal(process.config().name(), "started", detail);
        }
        dispatch();
    }

    private void initFailed(RemoteEnvironment environment, Frame frame) {
        FunctionProcess process = environment.process();
        process.environments().remove(environment);
        String error = new String(frame.body(), StandardCharsets.UTF_8);
        if (pool.isCandidate(process)) {
            errors.reloadFailed(ErrorObjects.text(error));
            pool.dropCandidate();
        } else {
            errors.initFailed(ErrorObjects.text(error));
            services.journal(process.config().name(), "init failed", error);
            pool.initFailed(process);
            endNextWaiting(call -> outcomes.initFailed(frame));
        }
        dispatch();
    }

    private void answered(RemoteEnvironment environment, Frame frame) {
        Call call = environment.call();
        if (call == null || !call.isAnsweredBy(frame)) {
            return;
        }
        if (frame.type() == Frame.Type.FATAL) {
            environment.lose();
            pool.retire(environment.process());
            openFirst();
        } else {
            environment.idle();
            pool.settle(environment.process());
        }
        inFlight--;
        lock.after(() -> call.end(outcomes.answered(frame), services.executor()));
        dispatch();
    }

    private Optional<Call> running(FunctionProcess process, int number) {
        return lock.get(() -> Optional.ofNullable(process.environment(number)).map(RemoteEnvironment::call));
    }

    @Override
    public void printed(FunctionProcess process, String line) {
        output.printed(process.config().name(), null, Source.JVM, line);
    }

    @Override
    public void ended(FunctionProcess process, FunctionProcess.End end) {
        lock.run(() -> {
            boolean wanted = pool.isCurrent(process);
            boolean opening = process.isOpening();
            if (pool.isCandidate(process)) {
                errors.reloadFailed(end.reason());
            }
            pool.remove(process);
            if (!pool.wasDropped(process)) {
                String what = closed ? "stopped" : end.what();
                services.journal(process.config().name(), what, process.killed() ? null : end.reason());
            }
            for (RemoteEnvironment environment : process.environments()) {
                Call call = environment.call();
                if (call != null) {
                    environment.lose();
                    inFlight--;
                    lock.after(() -> call.end(outcomes.exited(call, end.status()), services.executor()));
                }
            }
            if (!closed && wanted) {
                recover(end, opening && !process.killed());
            } else if (!closed) {
                // A handler that cannot be loaded is tried again by the next invocation.
                if (errors.ofHandler().isEmpty()) {
                    openFirst();
                }
                dispatch();
            }
        });
    }

    private void recover(FunctionProcess.End end, boolean failedAtInit) {
        if (!end.connected()) {
            pool.startFailed(end.reason());
            if (pool.live() == 0) {
                rejectWaiting(
                        "function %s did not start: %s".formatted(pool.config().name(), end.reason()));
            }
        } else if (failedAtInit) {
            endNextWaiting(call -> outcomes.exited(call, end.status()));
        } else {
            openFirst();
        }
        dispatch();
    }

    private void rejectWaiting(String reason) {
        for (Call waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            Call refused = waiting;
            inFlight--;
            lock.after(() -> refused.reject(InvokeRejectedException.startFailed(reason), services.executor()));
        }
    }

    /** Switches to another version when its handler has loaded; until then the old one runs. */
    void reload(FunctionConfig version, TaskRoot root) {
        lock.run(() -> {
            if (!closed) {
                watchInit(pool.launchCandidate(version, root));
            }
        });
    }

    /** Keeps the running code, which has been built again: a version that is being tried out is dropped. */
    void keep() {
        lock.run(pool::dropCandidate);
        errors.reloaded();
    }

    /** Stops all processes; waiting and running invocations fail. */
    void close() {
        lock.run(() -> {
            closed = true;
            rejectWaiting("function " + pool.config().name() + " is closed");
            pool.all().forEach(FunctionProcess::kill);
        });
    }
}
