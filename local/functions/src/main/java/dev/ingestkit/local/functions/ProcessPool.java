package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.RemoteEnvironment.State;
import dev.ingestkit.local.functions.code.TaskRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one function: those that take invocations, those that finish their last ones, and the one that loads
 * a new version. Guarded by the function's lock.
 */
final class ProcessPool {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 7;

    private static final FaultErrors START_ERRORS =
            new FaultErrors(ProcessPool::startFailure, ProcessPool::startFailure, ProcessPool::startFailure);

    private final FunctionServices services;
    private final FunctionLock lock;
    private final FunctionProcess.Listener listener;
    private final FaultInjector startFaults;
    private final List<FunctionProcess> current = new ArrayList<>();
    private final List<FunctionProcess> draining = new ArrayList<>();
    private @Nullable FunctionProcess candidate;
    /** The version that the candidate tries out without its debugger's port; null if the candidate itself will run. */
    private @Nullable FunctionConfig tried;

    private final Set<FunctionProcess> dropped = new HashSet<>();
    private FunctionConfig config;
    private TaskRoot code;
    private int failedStarts;
    private long startAllowed = System.nanoTime();
    private String lastFailure = "";

    ProcessPool(
            FunctionServices services,
            FunctionLock lock,
            FunctionProcess.Listener listener,
            FunctionConfig config,
            TaskRoot code) {
        this.services = services;
        this.lock = lock;
        this.listener = listener;
        this.startFaults =
                new FaultInjector(services.options().faults(), FaultStage.FUNCTION_START, services.executor());
        this.config = config;
        this.code = code;
    }

    FunctionConfig config() {
        return config;
    }

    TaskRoot code() {
        return code;
    }

    int limit() {
        if (config.debugged()) {
            return 1;
        }
        Integer reserved = config.limits().reservedConcurrency();
        return reserved == null ? services.options().execution().maximumConcurrency() : Math.max(1, reserved);
    }

    @Nullable
    RemoteEnvironment idle() {
        for (FunctionProcess process : current) {
            for (RemoteEnvironment environment : process.environments()) {
                if (environment.state() == State.IDLE) {
                    return environment;
                }
            }
        }
        return null;
    }

    /** Returns the environments that take invocations now or will soon. */
    long live() {
        return current.stream()
                .mapToLong(process -> process.environments().size())
                .sum();
    }

    long opening() {
        return current.stream()
                .flatMap(process -> process.environments().stream())
                .filter(environment -> environment.state() == State.OPENING)
                .count();
    }

    /** Returns whether a JVM that is shutting down still holds the debugger's port. */
    boolean debugPortInUse() {
        return config.debugged() && !draining.isEmpty();
    }

    /** Returns the time until a JVM may be started; zero or less if one may be started now. */
    Duration startPause() {
        return Duration.ofNanos(failedStarts == 0 ? 0 : startAllowed - System.nanoTime());
    }

    /** Returns why no JVM may be started now: the last ones crashed at start. */
    Optional<String> startBlocked() {
        Duration left = startPause();
        return left.isNegative() || left.isZero()
                ? Optional.empty()
                : Optional.of("the process of function %s exited at start %d times, next attempt in %d ms; last: %s"
                        .formatted(config.name(), failedStarts, left.toMillis(), lastFailure));
    }

    void startFailed(String reason) {
        lastFailure = reason;
        long pause = FIRST_PAUSE.toNanos() << Math.min(failedStarts, MAX_DOUBLINGS);
        failedStarts++;
        startAllowed = System.nanoTime() + pause;
    }

    void startSucceeded() {
        failedStarts = 0;
    }

    /** Opens an environment, in a new JVM if the running ones are full. */
    RemoteEnvironment open() {
        FunctionProcess process = current.stream()
                .filter(running -> running.environments().size() < running.room())
                .findFirst()
                .orElse(null);
        if (process == null) {
            process = launch(config, code);
            current.add(process);
        }
        return open(process);
    }

    private RemoteEnvironment open(FunctionProcess process) {
        RemoteEnvironment environment = process.newEnvironment();
        lock.after(() -> process.send(Frame.of(Frame.Type.OPEN, environment.number())));
        return environment;
    }

    private FunctionProcess launch(FunctionConfig version, TaskRoot root) {
        services.taskRoots().retain(root);
        FunctionProcess process = new FunctionProcess(services.command(version, root), version, root, listener);
        start(process, version.name());
        return process;
    }

    private static IllegalStateException startFailure() {
        return new IllegalStateException("injected fault: the process did not start");
    }

    private void start(FunctionProcess process, String function) {
        CompletionStage<FunctionProcess> started = startFaults.perform(function, START_ERRORS, () -> {
            process.start();
            return CompletableFuture.completedFuture(process);
        });
        // All injected failures of a start look the same: a process that exits before it is ready.
        var unused = started.exceptionally(failed -> {
            process.kill();
            process.start();
            return process;
        });
    }

    /** Starts a new version beside the running one, which is replaced as soon as the new handler has loaded. */
    RemoteEnvironment launchCandidate(FunctionConfig version, TaskRoot root) {
        dropCandidate();
        tried = version.debugged() ? version : null;
        // The debugger's port is the old JVM's until the new code is known to load.
        candidate = launch(version.debugged() ? version.withDebugPort(null) : version, root);
        return open(candidate);
    }

    boolean isCurrent(FunctionProcess process) {
        return current.contains(process);
    }

    boolean isCandidate(FunctionProcess process) {
        return process == candidate;
    }

    boolean hasCandidate() {
        return candidate != null;
    }

    void dropCandidate() {
        FunctionProcess unwanted = candidate;
        candidate = null;
        tried = null;
        if (unwanted != null) {
            drop(unwanted);
        }
    }

    /** Stops a process whose handler did not load, unless it can load it again. */
    void initFailed(FunctionProcess process) {
        if (!process.loadsAgain()) {
            drop(process);
        }
    }

    /** Stops a process; its end changes nothing. */
    private void drop(FunctionProcess unwanted) {
        current.remove(unwanted);
        draining.add(unwanted);
        dropped.add(unwanted);
        unwanted.kill();
    }

    /** Returns whether a JVM that has ended only tried out code: its end changes nothing. */
    boolean wasDropped(FunctionProcess process) {
        return dropped.remove(process);
    }

    /** Lets the candidate take over; the JVMs before it finish their invocations. */
    void promote() {
        FunctionProcess next = candidate;
        if (next == null) {
            throw new IllegalStateException("no candidate of " + config.name());
        }
        FunctionConfig debugged = tried;
        if (debugged != null) {
            adopt(debugged, next.code());
            dropCandidate();
            return;
        }
        candidate = null;
        adopt(next.config(), next.code());
        current.add(next);
    }

    /** Sets the version for new JVMs; the running ones finish their invocations. */
    void adopt(FunctionConfig version, TaskRoot root) {
        services.taskRoots().retain(root);
        TaskRoot old = code;
        lock.after(() -> services.release(old));
        config = version;
        code = root;
        for (FunctionProcess process : List.copyOf(current)) {
            retire(process);
        }
        failedStarts = 0;
    }

    /** Retires a JVM: it takes no more invocations and is stopped when it has none. */
    void retire(FunctionProcess process) {
        if (current.remove(process)) {
            draining.add(process);
        }
        settle(process);
    }

    void settle(FunctionProcess process) {
        if (draining.contains(process) && !process.busy()) {
            process.kill();
        }
    }

    /** Removes a JVM whose process has exited. */
    void remove(FunctionProcess process) {
        current.remove(process);
        draining.remove(process);
        if (candidate == process) {
            candidate = null;
        }
        lock.after(() -> services.release(process.code()));
    }

    /** Returns all JVMs that run or start, to stop the function. */
    List<FunctionProcess> all() {
        List<FunctionProcess> all = new ArrayList<>(current);
        all.addAll(draining);
        if (candidate != null) {
            all.add(candidate);
        }
        return all;
    }
}
