package dev.ingestkit.local.functions;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.bootstrap.HandlerBridge;
import dev.ingestkit.local.events.DaemonThreads;
import dev.ingestkit.local.functions.FunctionLog.Source;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An execution environment in this process: a class loader and the one daemon thread that loads the handler and runs
 * it. Thread-safe.
 */
final class InProcessEnvironment {

    /** Room for threads that start while the others are counted. */
    private static final int SPARE_THREADS = 16;

    private final FunctionConfig config;
    private final FunctionClasses.Loaded classes;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Supplier<Function<Object[], Object[]>> open;
    private volatile boolean closed;
    private @Nullable Function<Object[], Object[]> bridge;
    private byte @Nullable [] initError;

    /** The result of an invocation: whether it succeeded, the body, and the status if the function exited. */
    record Answer(boolean succeeded, byte[] body, @Nullable Integer exitStatus) {}

    InProcessEnvironment(FunctionConfig config, FunctionClasses.Loaded classes, BiConsumer<Source, String> output) {
        this.config = config;
        this.classes = classes;
        Consumer<byte[]> logger = message ->
                new String(message, StandardCharsets.UTF_8).lines().forEach(line -> output.accept(Source.LOGGER, line));
        this.open = () -> open(logger);
        this.thread = DaemonThreads.start("function " + config.name(), this::run);
    }

    /** Runs some work on the environment's thread, after all earlier work. */
    void execute(Runnable task) {
        work.add(task);
    }

    /**
     * Loads the handler unless it is loaded; on the environment's thread only.
     *
     * @return how long it took, in microseconds; 0 if the handler was loaded before
     */
    long load() {
        if (bridge != null) {
            return 0;
        }
        long start = System.nanoTime();
        bridge = open.get();
        return (System.nanoTime() - start) / 1_000;
    }

    /** Invokes the handler, which is loaded; on the environment's thread only. */
    Answer invoke(Object[] invocation) {
        Function<Object[], Object[]> handler = requireNonNull(bridge, "bridge");
        if (initError != null) {
            return new Answer(false, initError, exitStatus());
        }
        classes.begin((String) invocation[1]);
        Object[] answer = handler.apply(invocation);
        Integer status = exitStatus();
        return new Answer(answer[0].equals("SUCCEEDED") && status == null, (byte[]) answer[1], status);
    }

    private @Nullable Integer exitStatus() {
        OptionalInt status = classes.exitStatus();
        return status.isPresent() ? status.getAsInt() : null;
    }

    /** Returns whether the handler has failed to load, after which the environment is of no use; on its thread only. */
    boolean isBroken() {
        return initError != null;
    }

    /** Ends the environment; a handler that runs is interrupted. */
    void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        thread().setContextClassLoader(classes.loader());
        try {
            while (!closed) {
                work.take().run();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            thread().setContextClassLoader(null);
            if (classes.ownsThreads()) {
                interruptStartedThreads();
            }
            classes.close();
        }
    }

    /** Interrupts the threads that the handler has started and left running: on Lambda they end with the process. */
    private void interruptStartedThreads() {
        ThreadGroup group = requireNonNull(thread().getThreadGroup(), "group");
        Thread[] running = new Thread[group.activeCount() + SPARE_THREADS];
        int count = group.enumerate(running);
        for (int at = 0; at < count; at++) {
            // A thread inherits the loader of the one that has started it.
            if (running[at].getContextClassLoader() == classes.loader()) {
                running[at].interrupt();
            }
        }
    }

    private static Thread thread() {
        return Thread.currentThread();
    }

    private Function<Object[], Object[]> open(Consumer<byte[]> logger) {
        try {
            Object loaded = Class.forName(HandlerBridge.class.getName(), true, classes.loader())
                    .getConstructor(String.class, Consumer.class)
                    .newInstance(classes.handler(config), logger);
            initError = (byte[]) ((Object[]) ((Supplier<?>) loaded).get())[0];
            return function(loaded);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("the runtime's own classes are broken: " + broken, broken);
        }
    }

    @SuppressWarnings("unchecked") // The bridge is of another class loader: only JDK types are shared.
    private static Function<Object[], Object[]> function(Object loaded) {
        return (Function<Object[], Object[]>) loaded;
    }
}
