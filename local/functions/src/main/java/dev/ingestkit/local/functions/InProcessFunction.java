package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.FunctionLog.Source;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function in this process. Its environment opens with the first invocation and runs one invocation at a time, in the
 * order of arrival; after a timeout or an exit the next invocation gets a new one, as on Lambda. Thread-safe.
 */
final class InProcessFunction {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessFunction.class);
    private static final int KILLED = 137;
    private static final Duration DEBUGGED = Duration.ofDays(1);
    /** The maximum time to load the handler, which does not count for the function's timeout, as on Lambda. */
    private static final Duration MAX_INIT = Duration.ofSeconds(10);

    /** True if a debugger may hold this process, so that timeouts are not enforced. */
    private static final boolean IS_DEBUGGED = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .anyMatch(argument -> argument.contains("jdwp"));

    private final FunctionServices services;
    private final FunctionClasses classes;
    private final FunctionConfig config;
    private final Outcomes outcomes;
    private final InvokeFaults faults;
    private final CallTimer timer;
    private final Queue<Call> waiting = new ArrayDeque<>();
    private @Nullable InProcessEnvironment environment;
    private @Nullable Call running;
    private boolean closed;
    private boolean outdated;

    InProcessFunction(FunctionServices services, FunctionClasses classes, FunctionConfig config) {
        this.services = services;
        this.classes = classes;
        this.config = config;
        this.outcomes = new Outcomes(services.options().clock());
        this.timer = new CallTimer(services);
        this.faults = new InvokeFaults(services, outcomes, this::accept);
    }

    FunctionConfig config() {
        return config;
    }

    CompletableFuture<Invocation> invoke(byte[] payload) {
        Integer reserved = config.limits().reservedConcurrency();
        if (reserved != null && reserved == 0) {
            return CompletableFuture.failedFuture(InvokeRejectedException.throttled("reserved function concurrency"));
        }
        return faults.invoke(
                config,
                payload,
                () -> new Call(services.options().ids().get().toString(), payload, config, services.options()));
    }

    private synchronized void accept(Call call, boolean crash) {
        if (closed) {
            call.reject(
                    InvokeRejectedException.startFailed("function " + config.name() + " is closed"),
                    services.executor());
            return;
        }
        if (crash) {
            call.crashWhenStarted();
        }
        waiting.add(call);
        next();
    }

    private synchronized void next() {
        Call call = running == null ? waiting.poll() : null;
        if (call == null) {
            return;
        }
        running = call;
        try {
            InProcessEnvironment open = environment == null ? open() : environment;
            environment = open;
            open.execute(() -> run(open, call));
        } catch (IOException | RuntimeException failed) {
            running = null;
            call.reject(InvokeRejectedException.startFailed(String.valueOf(failed.getMessage())), services.executor());
            next();
        }
    }

    private InProcessEnvironment open() throws IOException {
        Map<String, String> variables = new FunctionVariables(services.options(), config)
                .all(config.code().path(), services.options().clock());
        FunctionClasses.Loaded loaded = classes.load(
                new FunctionClasses.Request(config, services.jars().environment(), variables, this::printed));
        return new InProcessEnvironment(config, loaded, this::printed);
    }

    private void printed(Source source, String line) {
        Call call;
        synchronized (this) {
            call = running;
        }
        if (call == null) {
            services.options().log().line(new FunctionLog.Line(config.name(), null, source, line));
        } else {
            call.log(source, line);
        }
    }

    private void run(InProcessEnvironment open, Call call) {
        call.logStart();
        if (call.crashes()) {
            ended(open, call, outcomes.exited(call, KILLED), true);
            return;
        }
        InProcessEnvironment.Answer answer;
        long start;
        try {
            Optional<CallStart> begun = begin(open, call);
            if (begun.isEmpty()) {
                return;
            }
            start = System.nanoTime();
            answer = open.invoke(new Object[] {
                call.requestId(),
                begun.get().traceHeader(),
                config.arn(),
                begun.get().deadline(),
                call.payload()
            });
        } catch (RuntimeException | Error broken) {
            LOG.error("Function {} cannot be run in this process", config.name(), broken);
            ended(open, call, outcomes.exited(call, KILLED), true);
            return;
        }
        long micros = (System.nanoTime() - start) / 1_000;
        Integer status = answer.exitStatus();
        if (status == null) {
            ended(open, call, outcomes.answered(answer.succeeded(), answer.body(), micros, 0), open.isBroken());
        } else {
            ended(open, call, outcomes.exited(call, status), true);
        }
    }

    /** Loads the handler if it is not loaded and begins the call's time; empty if loading took longer than allowed. */
    private Optional<CallStart> begin(InProcessEnvironment open, Call call) {
        Duration allowed = IS_DEBUGGED ? DEBUGGED : config.limits().timeout();
        Runnable timeout = () -> ended(open, call, outcomes.timedOut(call, config), true);
        timer.start(allowed.plus(MAX_INIT), timeout);
        long initMicros = open.load();
        synchronized (this) {
            if (running != call) {
                return Optional.empty();
            }
            timer.start(allowed, timeout);
        }
        return Optional.of(CallStart.of(services, config, call, allowed, initMicros, null));
    }

    /** Ends a call once: by its answer or by its timeout, whichever is first. */
    private void ended(InProcessEnvironment open, Call call, Call.Outcome outcome, boolean lastOfItsEnvironment) {
        synchronized (this) {
            if (running != call) {
                return;
            }
            running = null;
            timer.stop();
            if (lastOfItsEnvironment || outdated) {
                outdated = false;
                environment = null;
                open.close();
            }
        }
        call.end(outcome, Runnable::run);
        next();
    }

    /** Opens a new environment for the next invocation. */
    synchronized void reload() {
        if (running != null) {
            outdated = true;
        } else if (environment != null) {
            environment.close();
            environment = null;
        }
    }

    synchronized void close() {
        closed = true;
        if (environment != null) {
            environment.close();
            environment = null;
        }
        InvokeRejectedException reason =
                InvokeRejectedException.startFailed("function " + config.name() + " is closed");
        if (running != null) {
            running.reject(reason, services.executor());
            running = null;
        }
        waiting.forEach(call -> call.reject(reason, services.executor()));
        waiting.clear();
    }
}
