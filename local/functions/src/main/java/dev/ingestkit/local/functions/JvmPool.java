package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Frame;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.functions.RemoteEnvironment.State;
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
 * The JVMs of one function: those that take invocations, those that finish their last ones, and the one that loads a
 * new version. Guarded by the function's lock.
 */
final class JvmPool {

    /** The minimum heap per environment; with less, another JVM is started. */
    private static final int MEGABYTES_PER_ENVIRONMENT = 128;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 7;

    private static final FaultErrors START_ERRORS =
            new FaultErrors(JvmPool::startFailure, JvmPool::startFailure, JvmPool::startFailure);

    private final FunctionServices services;
    private final FunctionLock lock;
    private final FunctionJvm.Listener listener;
    private final FaultInjector startFaults;
    private final List<FunctionJvm> current = new ArrayList<>();
    private final List<FunctionJvm> draining = new ArrayList<>();
    private @Nullable FunctionJvm candidate;
    /** The version that the candidate tries out without its debugger's port; null if the candidate itself will run. */
    private @Nullable FunctionConfig tried;

    private final Set<FunctionJvm> dropped = new HashSet<>();
    private FunctionConfig config;
    private TaskRoot code;
    private int failedStarts;
    private long startAllowed = System.nanoTime();
    private String lastFailure = "";

    JvmPool(
            FunctionServices services,
            FunctionLock lock,
            FunctionJvm.Listener listener,
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
        for (FunctionJvm jvm : current) {
            for (RemoteEnvironment environment : jvm.environments()) {
                if (environment.state() == State.IDLE) {
                    return environment;
                }
            }
        }
        return null;
    }

    /** Returns the environments that take invocations now or will soon. */
    long live() {
        return current.stream().mapToLong(jvm -> jvm.environments().size()).sum();
    }

    long opening() {
        return current.stream()
                .flatMap(jvm -> jvm.environments().stream())
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
                : Optional.of("the JVM of function %s exited at start %d times, next attempt in %d ms; last: %s"
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
        int room = config.debugged() ? 1 : Math.max(1, config.limits().memoryMegabytes() / MEGABYTES_PER_ENVIRONMENT);
        FunctionJvm jvm = current.stream()
                .filter(running -> running.environments().size() < room)
                .findFirst()
                .orElse(null);
        if (jvm == null) {
            jvm = launch(config, code);
            current.add(jvm);
        }
        return open(jvm);
    }

    private RemoteEnvironment open(FunctionJvm jvm) {
        RemoteEnvironment environment = jvm.newEnvironment();
        lock.after(() -> jvm.send(Frame.of(Frame.Type.OPEN, environment.number())));
        return environment;
    }

    private FunctionJvm launch(FunctionConfig version, TaskRoot root) {
        JvmCommand command = new JvmCommand(services.options(), services.jars(), version, root);
        String token = services.options().ids().get().toString();
        services.taskRoots().retain(root);
        FunctionJvm jvm = new FunctionJvm(command, version, root, token, listener);
        start(jvm, version.name());
        return jvm;
    }

    private static IllegalStateException startFailure() {
        return new IllegalStateException("injected fault: the process did not start");
    }

    private void start(FunctionJvm jvm, String function) {
        CompletionStage<FunctionJvm> started = startFaults.perform(function, START_ERRORS, () -> {
            jvm.start();
            return CompletableFuture.completedFuture(jvm);
        });
        // All injected failures of a start look the same: a process that exits before it is ready.
        var unused = started.exceptionally(failed -> {
            jvm.kill();
            jvm.start();
            return jvm;
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

    boolean isCurrent(FunctionJvm jvm) {
        return current.contains(jvm);
    }

    boolean isCandidate(FunctionJvm jvm) {
        return jvm == candidate;
    }

    boolean hasCandidate() {
        return candidate != null;
    }

    void dropCandidate() {
        FunctionJvm unwanted = candidate;
        candidate = null;
        tried = null;
        if (unwanted != null) {
            draining.add(unwanted);
            dropped.add(unwanted);
            unwanted.kill();
        }
    }

    /** Returns whether a JVM that has ended only tried out code: its end changes nothing. */
    boolean wasDropped(FunctionJvm jvm) {
        return dropped.remove(jvm);
    }

    /** Lets the candidate take over; the JVMs before it finish their invocations. */
    void promote() {
        FunctionJvm next = candidate;
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
        for (FunctionJvm jvm : List.copyOf(current)) {
            retire(jvm);
        }
        failedStarts = 0;
    }

    /** Retires a JVM: it takes no more invocations and is stopped when it has none. */
    void retire(FunctionJvm jvm) {
        if (current.remove(jvm)) {
            draining.add(jvm);
        }
        settle(jvm);
    }

    void settle(FunctionJvm jvm) {
        if (draining.contains(jvm) && !jvm.busy()) {
            jvm.kill();
        }
    }

    /** Removes a JVM whose process has exited. */
    void remove(FunctionJvm jvm) {
        current.remove(jvm);
        draining.remove(jvm);
        if (candidate == jvm) {
            candidate = null;
        }
        lock.after(() -> services.release(jvm.code()));
    }

    /** Returns all JVMs that run or start, to stop the function. */
    List<FunctionJvm> all() {
        List<FunctionJvm> all = new ArrayList<>(current);
        all.addAll(draining);
        if (candidate != null) {
            all.add(candidate);
        }
        return all;
    }
}
