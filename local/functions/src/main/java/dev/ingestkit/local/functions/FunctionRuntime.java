package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.functions.code.CodeWatch;
import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.code.TaskRoots;
import dev.ingestkit.local.functions.process.Interpreters;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Lambda functions in child JVMs, one or more per function, with the environment, limits and errors of Lambda. A
 * function's first environment is started when the function is registered. Code that changes on disk is reloaded
 * without failing running invocations. No child outlives the runtime, however the runtime stops. Thread-safe.
 */
public final class FunctionRuntime implements FunctionHost {

    private static final Logger LOG = LoggerFactory.getLogger(FunctionRuntime.class);
    private static final String FOLDER = "ingest-functions-";
    private static final Pattern OWNER = Pattern.compile(FOLDER + "(\\d+)-.*");
    private static final Pattern JAVA_RUNTIME = Pattern.compile("java(\\d+)(\\.al\\w+)?");
    private static final long POLL_MILLIS = 200;
    private static final long END_MILLIS = 5_000;

    private final Path folder;
    private final FunctionServices services;
    private final ExecutorService executor;
    private final ScheduledExecutorService watcher;
    private final Map<String, Entry> functions = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private record Entry(DeployedFunction function, CodeWatch watch) {}

    /**
     * Creates a runtime without functions.
     *
     * @throws IOException if the temporary folder cannot be written
     */
    public FunctionRuntime(FunctionRuntimeOptions options) throws IOException {
        this.folder = Files.createTempDirectory(
                options.execution().temporaryFolder(),
                FOLDER + ProcessHandle.current().pid() + "-");
        this.executor = Executors.newCachedThreadPool(DaemonThreads.numbered("functions"));
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, DaemonThreads.named("function timers"));
        // Otherwise each invocation's event would stay in memory until its timeout has passed.
        scheduler.setRemoveOnCancelPolicy(true);
        this.watcher = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("function code watch"));
        RuntimeJars jars = RuntimeJars.extract(folder.resolve("runtime"));
        this.services = new FunctionServices(
                options, jars, new TaskRoots(folder), new TraceRegistry(), scheduler, this::execute);
        executor.execute(() -> sweep(options.execution().temporaryFolder()));
        Future<?> unused =
                watcher.scheduleWithFixedDelay(this::checkForNewCode, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Runs work on the executor, or on this thread once the executor is closed, so that every future completes. */
    private void execute(Runnable work) {
        try {
            executor.execute(work);
        } catch (RejectedExecutionException closing) {
            work.run();
        }
    }

    /** Deletes the directories left behind by runtimes whose process was killed. */
    private static void sweep(Path temporaryFolder) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporaryFolder, FOLDER + "*")) {
            for (Path leftover : leftovers) {
                Matcher owner = OWNER.matcher(String.valueOf(leftover.getFileName()));
                if (owner.matches()
                        && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty()) {
                    deleteLeftover(leftover);
                }
            }
        } catch (IOException failed) {
            LOG.debug("Cannot list leftovers in {}", temporaryFolder, failed);
        }
    }

    private static void deleteLeftover(Path leftover) {
        try {
            TaskRoot.delete(leftover);
        } catch (IOException notOurs) {
            LOG.debug("Cannot delete leftover {}", leftover, notOurs);
        }
    }

    /** Returns the finder of the invocation that made a call with a trace header. */
    @Override
    public TraceRegistry origins() {
        return services.traces();
    }

    /**
     * Unpacks a function's code and starts its first environment, without waiting for it.
     *
     * @throws IOException if the code is missing, unreadable, or not an archive that Lambda accepts
     * @throws IllegalArgumentException if the name is taken, or the runtime is not a Java one
     */
    @Override
    public void register(FunctionConfig config) throws IOException {
        checkRuntime(config);
        if (closed.get()) {
            throw new IllegalStateException("the function runtime is closed");
        }
        CodeWatch watch = new CodeWatch(config.code().path());
        TaskRoot code = services.acquire(config.code());
        DeployedFunction function = new DeployedFunction(services, config, code);
        if (functions.putIfAbsent(config.name(), new Entry(function, watch)) != null) {
            services.release(code);
            throw new IllegalArgumentException("the name is taken: function " + config.name() + " already");
        }
        function.warmUp();
    }

    private void checkRuntime(FunctionConfig config) {
        String runtime = config.code().runtime();
        Matcher java = JAVA_RUNTIME.matcher(runtime);
        if (!java.matches()) {
            Interpreters.ofThisMachine().requireRuns(config.name(), runtime);
            return;
        }
        int wanted = Integer.parseInt(java.group(1));
        int own = Runtime.version().feature();
        if (wanted > own
                && !services.options()
                        .execution()
                        .javaHomes()
                        .containsKey(config.code().runtime())) {
            LOG.info(
                    "Function {} is for {} and runs on Java {} here",
                    config.name(),
                    config.code().runtime(),
                    own);
        }
    }

    /**
     * Changes a function's configuration or code. Running invocations finish with the old version; the new version
     * takes over when its handler has loaded. If loading fails, the old version stays and the journal says so.
     *
     * @throws IOException as {@link #register}
     * @throws IllegalArgumentException if no function has that name
     */
    @Override
    public void replace(FunctionConfig config) throws IOException {
        Entry entry = functions.get(config.name());
        if (entry == null) {
            throw new IllegalArgumentException("function '%s' not found".formatted(config.name()));
        }
        CodeWatch watch = new CodeWatch(config.code().path());
        TaskRoot code = services.acquire(config.code());
        functions.put(config.name(), new Entry(entry.function(), watch));
        entry.function().reload(config, code);
        services.release(code);
    }

    /** Removes a function. Its waiting and running invocations fail; an unknown name changes nothing. */
    @Override
    public void remove(String name) {
        Entry entry = functions.remove(name);
        if (entry != null) {
            entry.function().close();
        }
    }

    /** Returns the functions by name. */
    @Override
    public List<FunctionConfig> functions() {
        return functions.values().stream()
                .map(entry -> entry.function().config())
                .sorted(java.util.Comparator.comparing(FunctionConfig::name))
                .toList();
    }

    /**
     * Returns the configuration of a function.
     *
     * @param function name or ARN, with or without qualifier
     */
    @Override
    public Optional<FunctionConfig> function(String function) {
        return Optional.ofNullable(
                        functions.get(FunctionReference.parse(function).name()))
                .map(entry -> entry.function().config());
    }

    /** Returns the process ids of a function's JVMs, for status and tests; empty for an unknown function. */
    @Override
    public List<Long> processes(String function) {
        Entry entry = functions.get(FunctionReference.parse(function).name());
        return entry == null
                ? List.of()
                : entry.function().processes().stream()
                        .flatMapToLong(jvm -> jvm.pid().stream())
                        .boxed()
                        .toList();
    }

    /** Returns how a function does; empty for an unknown function. */
    @Override
    public Optional<FunctionHealth> health(String function) {
        return Optional.ofNullable(
                        functions.get(FunctionReference.parse(function).name()))
                .map(FunctionRuntime::health);
    }

    private static FunctionHealth health(Entry entry) {
        // The order matters: a change that is seen now is being loaded a moment later.
        boolean current = entry.watch().isCurrent();
        boolean loading = !current || entry.function().reloading();
        Optional<String> rejected =
                loading ? Optional.empty() : entry.function().errors().ofNewCode();
        FunctionHealth.Code code = loading
                ? FunctionHealth.Code.LOADING
                : rejected.isPresent() ? FunctionHealth.Code.REJECTED : FunctionHealth.Code.CURRENT;
        LoadErrors errors = entry.function().errors();
        return new FunctionHealth(!errors.isInitialized(), errors.ofHandler(), code, rejected);
    }

    @Override
    public boolean has(String function) {
        return functions.containsKey(FunctionReference.parse(function).name());
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        requireNonNull(payload, "payload");
        Entry entry = functions.get(FunctionReference.parse(function).name());
        if (entry == null) {
            return CompletableFuture.failedFuture(InvokeRejectedException.notFound(function));
        }
        return entry.function().invoke(payload);
    }

    private void checkForNewCode() {
        for (Entry entry : functions.values()) {
            entry.watch().poll(change -> reload(entry.function()));
        }
    }

    private boolean reload(DeployedFunction function) {
        FunctionConfig config = function.config();
        try {
            TaskRoot code = services.acquire(config.code());
            if (code.contentHash().equals(function.contentHash())) {
                function.keep();
            } else {
                function.reload(config, code);
            }
            services.release(code);
            return true;
        } catch (IOException | RuntimeException unusable) {
            function.errors().reloadFailed(String.valueOf(unusable.getMessage()));
            return false;
        }
    }

    /** Stops all functions and their processes and deletes the unpacked code. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        watcher.shutdownNow();
        functions.values().forEach(entry -> entry.function().close());
        awaitEnd(functions.values().stream()
                .flatMap(entry -> entry.function().processes().stream())
                .toList());
        services.scheduler().shutdownNow();
        executor.shutdown();
        try {
            TaskRoot.delete(folder);
        } catch (IOException failed) {
            LOG.warn("Cannot delete {}: {}", folder, failed.getMessage());
        }
    }

    private static void awaitEnd(List<FunctionProcess> processes) {
        try {
            for (FunctionProcess process : processes) {
                if (!process.awaitEnd(END_MILLIS)) {
                    LOG.warn(
                            "A process of function {} is still running",
                            process.config().name());
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
