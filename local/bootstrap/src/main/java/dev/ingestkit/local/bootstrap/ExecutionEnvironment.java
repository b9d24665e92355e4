package dev.ingestkit.local.bootstrap;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution environment: a thread, a thread group and a class loader with its own copy of Lambda's runtime classes
 * and the handler. One invocation at a time, in the order of arrival.
 */
final class ExecutionEnvironment implements Runnable {

    /** The environment of the thread that created this one. */
    static final InheritableThreadLocal<@Nullable ExecutionEnvironment> INHERITED = new InheritableThreadLocal<>();

    private static final String BRIDGE = "dev.ingestkit.local.bootstrap.HandlerBridge";

    private final int number;
    private final Environments environments;
    private final URL[] classPath;
    private final BlockingQueue<Frame> invocations = new LinkedBlockingQueue<>();
    private final Map<String, LineOutput> outputs;
    private volatile @Nullable String requestId;
    private volatile @Nullable String traceHeader;

    ExecutionEnvironment(int number, Environments environments, URL[] classPath) {
        this.number = number;
        this.environments = environments;
        this.classPath = classPath.clone();
        this.outputs = Map.of(
                "stdout", new LineOutput(environments.channel(), number, "stdout"),
                "stderr", new LineOutput(environments.channel(), number, "stderr"));
    }

    /** Marks the threads of an environment: a thread inherits its creator's group. */
    static final class Group extends ThreadGroup {

        private final ExecutionEnvironment environment;

        Group(ExecutionEnvironment environment) {
            super("environment-" + environment.number);
            this.environment = environment;
        }

        ExecutionEnvironment environment() {
            return environment;
        }
    }

    int number() {
        return number;
    }

    /** The invocation that runs now; null between invocations. */
    @Nullable
    String requestId() {
        return requestId;
    }

    /** The trace header of the current invocation, or of the last one for work that outlives it. */
    @Nullable
    String traceHeader() {
        return traceHeader;
    }

    void start() {
        Thread thread = new Thread(new Group(this), this, "Lambda environment " + number);
        thread.start();
    }

    void submit(Frame invocation) {
        invocations.add(invocation);
    }

    void write(String stream, byte[] bytes, int offset, int length) throws IOException {
        output(stream).write(bytes, offset, length, currentRequest());
    }

    private LineOutput output(String stream) {
        LineOutput output = outputs.get(stream);
        if (output == null) {
            throw new IllegalArgumentException("no such stream: " + stream);
        }
        return output;
    }

    private String currentRequest() {
        String current = requestId;
        return current == null ? "" : current;
    }

    @Override
    public void run() {
        INHERITED.set(this);
        try {
            Function<Object[], Object[]> bridge = initialize();
            while (bridge != null) {
                invoke(bridge, invocations.take());
            }
        } catch (InterruptedException | IOException ended) {
            // Only a closed channel causes this, and the receiving thread exits the JVM then.
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError exhausted) {
            Runtime.getRuntime().halt(Bootstrap.OUT_OF_MEMORY);
        }
    }

    /** Loads the handler; null if that failed, which has then been reported to the runtime. */
    private @Nullable Function<Object[], Object[]> initialize() throws IOException {
        long start = System.nanoTime();
        Object bridge = environments.concurrent() ? environments.shared(this) : load();
        Thread.currentThread().setContextClassLoader(bridge.getClass().getClassLoader());
        long micros = (System.nanoTime() - start) / 1_000;
        flushOutput();
        byte[] error = initError(bridge);
        Frame.Type type = error == null ? Frame.Type.READY : Frame.Type.INIT_FAILED;
        if (error != null) {
            environments.remove(this);
        }
        environments
                .channel()
                .send(new Frame(type, number, List.of(), List.of(micros), error == null ? new byte[0] : error));
        return error == null ? function(bridge) : null;
    }

    /** Loads the handler in a class loader of its own. */
    Object load() throws IOException {
        // Has no name: a loader's name would appear in each line of the handler's stack traces.
        URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        Consumer<byte[]> logger = environments.concurrent() ? this::logOfCaller : this::log;
        try {
            return Class.forName(BRIDGE, true, loader)
                    .getConstructor(String.class, Consumer.class)
                    .newInstance(System.getenv("_HANDLER"), logger);
        } catch (ReflectiveOperationException broken) {
            throw new IOException("the runtime's own classes cannot be loaded: " + broken, broken);
        }
    }

    static byte @Nullable [] initError(Object bridge) {
        return (byte[]) ((Object[]) ((Supplier<?>) bridge).get())[0];
    }

    @SuppressWarnings("unchecked") // The bridge lives in another class loader: only JDK types are shared.
    private static Function<Object[], Object[]> function(Object bridge) {
        return (Function<Object[], Object[]>) bridge;
    }

    private void invoke(Function<Object[], Object[]> bridge, Frame invocation) throws IOException {
        String id = invocation.texts().get(0);
        traceHeader = invocation.texts().get(1);
        requestId = id;
        long start = System.nanoTime();
        Object[] answer = bridge.apply(new Object[] {
            id,
            invocation.texts().get(1),
            invocation.texts().get(2),
            invocation.numbers().get(0),
            invocation.body()
        });
        long micros = (System.nanoTime() - start) / 1_000;
        flushOutput();
        requestId = null;
        Runtime memory = Runtime.getRuntime();
        List<Long> numbers = List.of(micros, memory.totalMemory() - memory.freeMemory());
        environments.channel().send(answer(id, (String) answer[0], numbers, (byte[]) answer[1]));
    }

    private Frame answer(String id, String type, List<Long> numbers, byte[] body) {
        if (body.length > Frame.MAX_ANSWER) {
            return new Frame(Frame.Type.TOO_LARGE, number, List.of(id), numbers, new byte[0]);
        }
        // The client reports an error of one of several invocations and continues with the others.
        Frame.Type outcome =
                type.equals("FATAL") && environments.concurrent() ? Frame.Type.FAILED : Frame.Type.valueOf(type);
        return new Frame(outcome, number, List.of(id), numbers, body);
    }

    /** Logs for the environment of the current thread, since the handler serves all of them. */
    private void logOfCaller(byte[] message) {
        ExecutionEnvironment caller = environments.current();
        (caller == null ? this : caller).log(message);
    }

    private void log(byte[] message) {
        try {
            environments
                    .channel()
                    .send(new Frame(Frame.Type.LOG, number, List.of("logger", currentRequest()), List.of(), message));
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    private void flushOutput() throws IOException {
        for (LineOutput output : outputs.values()) {
            output.flush(currentRequest());
        }
    }
}
