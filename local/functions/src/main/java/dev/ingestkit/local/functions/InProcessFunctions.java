package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.HandlerBridge;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.functions.FunctionLog.Source;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions in this process, each with its own class loader, one invocation of a function at a time: for
 * tests, where a JVM per function costs too much. Events, answers and errors are as in {@link FunctionRuntime}; the
 * features of a separate process are missing: the template's environment variables, the timeout, the memory limit, the
 * trace header, and standard output per invocation. A handler that calls {@code System.exit} exits this process.
 * Thread-safe.
 */
public final class InProcessFunctions implements FunctionInvoker, AutoCloseable {

    private final FunctionRuntimeOptions options;
    private final Path folder;
    private final RuntimeJars jars;
    private final TaskRoots taskRoots;
    private final Outcomes outcomes;
    private final Map<String, Loaded> functions = new ConcurrentHashMap<>();

    private record Loaded(
            FunctionConfig config,
            URLClassLoader loader,
            Function<Object[], Object[]> bridge,
            byte @Nullable [] initError,
            RunningCall current,
            ExecutorService thread) {}

    /** The call that the handler's logger writes to. */
    private static final class RunningCall {
        private volatile @Nullable Call call;
    }

    /**
     * Creates a runtime without functions.
     *
     * @throws IOException if the temporary folder cannot be written
     */
    public InProcessFunctions(FunctionRuntimeOptions options) throws IOException {
        this.options = options;
        this.folder = Files.createTempDirectory(options.execution().temporaryFolder(), "ingest-functions-in-process-");
        this.jars = RuntimeJars.extract(folder.resolve("runtime"));
        this.taskRoots = new TaskRoots(folder);
        this.outcomes = new Outcomes(options.clock());
    }

    /**
     * Loads a function's handler.
     *
     * @throws IOException if the code is missing, unreadable, or not an archive that Lambda accepts
     */
    public void register(FunctionConfig config) throws IOException {
        TaskRoot code = taskRoots.acquire(config.code());
        Loaded loaded = load(config, code);
        Loaded old = functions.put(config.name(), loaded);
        if (old != null) {
            unload(old);
        }
    }

    private Loaded load(FunctionConfig config, TaskRoot code) throws IOException {
        URLClassLoader loader = new URLClassLoader(urls(code), ClassLoader.getPlatformClassLoader());
        RunningCall current = new RunningCall();
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread created = new Thread(work, "function " + config.name());
            created.setDaemon(true);
            created.setContextClassLoader(loader);
            return created;
        });
        Object bridge = CompletableFuture.supplyAsync(() -> bridge(config, loader, current), thread)
                .join();
        byte[] error = (byte[]) ((Object[]) ((Supplier<?>) bridge).get())[0];
        return new Loaded(config, loader, function(bridge), error, current, thread);
    }

    private URL[] urls(TaskRoot code) throws MalformedURLException {
        List<Path> path = new ArrayList<>(jars.environment());
        path.addAll(code.classPath());
        URL[] urls = new URL[path.size()];
        for (int at = 0; at < urls.length; at++) {
            urls[at] = path.get(at).toUri().toURL();
        }
        return urls;
    }

    private Object bridge(FunctionConfig config, ClassLoader loader, RunningCall current) {
        Consumer<byte[]> logger = message -> log(config, current.call, new String(message, StandardCharsets.UTF_8));
        try {
            return Class.forName(HandlerBridge.class.getName(), true, loader)
                    .getConstructor(String.class, Consumer.class)
                    .newInstance(config.code().handler(), logger);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("the runtime's own classes cannot be loaded: " + broken, broken);
        }
    }

    private void log(FunctionConfig config, @Nullable Call call, String message) {
        message.lines().forEach(line -> {
            if (call == null) {
                options.log().line(new FunctionLog.Line(config.name(), null, Source.LOGGER, line));
            } else {
                call.log(Source.LOGGER, line);
            }
        });
    }

    @SuppressWarnings("unchecked") // The bridge lives in another class loader: only JDK types are shared.
    private static Function<Object[], Object[]> function(Object bridge) {
        return (Function<Object[], Object[]>) bridge;
    }

    @Override
    public boolean has(String function) {
        return functions.containsKey(FunctionReference.parse(function).name());
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        Loaded loaded = functions.get(FunctionReference.parse(function).name());
        if (loaded == null) {
            return CompletableFuture.failedFuture(InvokeRejectedException.notFound(function));
        }
        Call call = new Call(options.ids().get().toString(), payload, loaded.config(), options.log());
        loaded.thread().execute(() -> run(loaded, call, payload));
        return call.future();
    }

    private void run(Loaded loaded, Call call, byte[] payload) {
        call.logStart();
        loaded.current().call = call;
        long start = System.nanoTime();
        Object[] answer = {"FAILED", loaded.initError()};
        if (loaded.initError() == null) {
            long deadline = System.currentTimeMillis()
                    + loaded.config().limits().timeout().toMillis();
            Object[] invocation = {call.requestId(), "", loaded.config().arn(), deadline, payload};
            answer = loaded.bridge().apply(invocation);
        }
        loaded.current().call = null;
        long micros = (System.nanoTime() - start) / 1_000;
        call.end(outcomes.answered(answer[0].equals("SUCCEEDED"), (byte[]) answer[1], micros, 0), Runnable::run);
    }

    private static void unload(Loaded loaded) {
        loaded.thread().shutdown();
        try {
            loaded.loader().close();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(
                    "cannot close the class loader of " + loaded.config().name(), failed);
        }
    }

    /** Closes all functions and deletes their unpacked code. */
    @Override
    public void close() throws IOException {
        functions.values().forEach(InProcessFunctions::unload);
        functions.clear();
        TaskRoot.delete(folder);
    }
}
