package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.functions.code.SharedRuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.code.TaskRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Runs functions in this process, each behind a class loader of its own, one invocation of a function at a time: for
 * tests, where a JVM for each function costs too much and a debugger should step from the test into the handler.
 * Events, answers, errors, timeouts and faults are as in {@link FunctionRuntime}. Memory is not limited and code is not
 * reloaded; {@link FunctionClasses} decides what else of the process a function has to itself. Thread-safe.
 */
public final class InProcessFunctions implements FunctionHost {

    private final Path folder;
    private final FunctionServices services;
    private final FunctionClasses classes;
    private final ScheduledThreadPoolExecutor timers;
    private final Map<String, InProcessFunction> functions = new ConcurrentHashMap<>();

    /**
     * Opens a host without functions, which loads them from their archives.
     *
     * @throws IOException if the temporary folder cannot be written
     */
    public InProcessFunctions(FunctionRuntimeOptions options) throws IOException {
        this(options, Optional.empty());
    }

    /**
     * Opens a host without functions.
     *
     * @param classes loads the functions
     * @throws IOException if the temporary folder cannot be written
     */
    public InProcessFunctions(FunctionRuntimeOptions options, FunctionClasses classes) throws IOException {
        this(options, Optional.of(classes));
    }

    private InProcessFunctions(FunctionRuntimeOptions options, Optional<FunctionClasses> classes) throws IOException {
        this.folder = Files.createTempDirectory(
                options.execution().temporaryFolder(),
                "ingest-functions-" + ProcessHandle.current().pid() + "-");
        this.timers = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("function timers"));
        timers.setRemoveOnCancelPolicy(true);
        TaskRoots taskRoots = new TaskRoots(folder);
        this.services = new FunctionServices(
                options, SharedRuntimeJars.get(), taskRoots, new TraceRegistry(), timers, Runnable::run);
        this.classes = classes.orElseGet(() -> new ArchiveClasses(taskRoots));
    }

    @Override
    public TraceRegistry origins() {
        return services.traces();
    }

    @Override
    public void register(FunctionConfig config) throws IOException {
        if (functions.putIfAbsent(config.name(), new InProcessFunction(services, classes, config)) != null) {
            throw new IllegalArgumentException("there is a function " + config.name() + " already");
        }
    }

    @Override
    public void replace(FunctionConfig config) throws IOException {
        InProcessFunction old = functions.replace(config.name(), new InProcessFunction(services, classes, config));
        if (old == null) {
            throw new IllegalArgumentException("function '%s' not found".formatted(config.name()));
        }
        old.close();
    }

    /**
     * Loads a function's classes again with its next invocation; one that runs ends with the old ones.
     *
     * @throws IllegalArgumentException if no function has that name
     */
    public void reload(String name) {
        InProcessFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException("function '%s' not found".formatted(name));
        }
        function.reload();
    }

    @Override
    public void remove(String name) {
        InProcessFunction removed = functions.remove(name);
        if (removed != null) {
            removed.close();
        }
    }

    @Override
    public List<FunctionConfig> functions() {
        return functions.values().stream()
                .map(InProcessFunction::config)
                .sorted(Comparator.comparing(FunctionConfig::name))
                .toList();
    }

    @Override
    public Optional<FunctionConfig> function(String function) {
        return Optional.ofNullable(
                        functions.get(FunctionReference.parse(function).name()))
                .map(InProcessFunction::config);
    }

    /** Returns nothing: functions in this process have no process of their own. */
    @Override
    public List<Long> processes(String function) {
        return List.of();
    }

    @Override
    public Optional<FunctionHealth> health(String function) {
        return function(function)
                .map(config ->
                        new FunctionHealth(false, Optional.empty(), FunctionHealth.Code.CURRENT, Optional.empty()));
    }

    @Override
    public boolean has(String function) {
        return functions.containsKey(FunctionReference.parse(function).name());
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        requireNonNull(payload, "payload");
        InProcessFunction found =
                functions.get(FunctionReference.parse(function).name());
        return found == null
                ? CompletableFuture.failedFuture(InvokeRejectedException.notFound(function))
                : found.invoke(payload);
    }

    @Override
    public void close() {
        functions.values().forEach(InProcessFunction::close);
        functions.clear();
        timers.shutdownNow();
        try {
            TaskRoot.delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder of the functions' code cannot be deleted", failed);
        }
    }
}
