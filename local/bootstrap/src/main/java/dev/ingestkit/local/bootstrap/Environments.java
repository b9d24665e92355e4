package dev.ingestkit.local.bootstrap;

import java.io.IOException;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of this JVM, found by id or by thread. Environments share a process, so
 * state that Lambda has per process (trace header, standard output) is kept per thread group here.
 */
final class Environments {

    private final FrameChannel channel;
    private final URL[] classPath;
    private final boolean concurrent;
    private final Map<Integer, ExecutionEnvironment> all = new ConcurrentHashMap<>();
    private @Nullable Object bridge;

    /**
     * Creates an empty collection.
     *
     * @param concurrent whether one instance of the handler serves all environments, as Lambda's client does with
     *     {@code AWS_LAMBDA_MAX_CONCURRENCY}
     */
    Environments(FrameChannel channel, URL[] classPath, boolean concurrent) {
        this.channel = channel;
        this.classPath = classPath;
        this.concurrent = concurrent;
    }

    boolean concurrent() {
        return concurrent;
    }

    /** Returns the handler's bridge that all environments share; loads it first if necessary. */
    synchronized Object shared(ExecutionEnvironment first) throws IOException {
        Object loaded = bridge == null ? first.load() : bridge;
        if (ExecutionEnvironment.initError(loaded) == null) {
            bridge = loaded;
        }
        return loaded;
    }

    FrameChannel channel() {
        return channel;
    }

    void accept(Frame frame) throws IOException {
        switch (frame.type()) {
            case OPEN -> {
                ExecutionEnvironment environment = new ExecutionEnvironment(frame.environment(), this, classPath);
                all.put(frame.environment(), environment);
                environment.start();
            }
            case INVOKE -> {
                ExecutionEnvironment environment = all.get(frame.environment());
                if (environment == null) {
                    throw new IOException("no execution environment " + frame.environment());
                }
                environment.submit(frame);
            }
            case HELLO, READY, INIT_FAILED, SUCCEEDED, FAILED, FATAL, TOO_LARGE, LOG ->
                throw new IOException("unexpected frame: " + frame.type());
        }
    }

    void remove(ExecutionEnvironment environment) {
        all.remove(environment.number());
    }

    /**
     * Returns the environment that the current thread works for: by the thread's group, else by inheritance (virtual
     * threads have no group of their own). Threads that all environments share are attributed only while one
     * environment alone is busy, else to none.
     */
    @Nullable
    ExecutionEnvironment current() {
        Thread thread = Thread.currentThread();
        if (thread instanceof SharedWorkers.SharedWorker) {
            return onlyBusy();
        }
        for (ThreadGroup group = thread.getThreadGroup(); group != null; group = group.getParent()) {
            if (group instanceof ExecutionEnvironment.Group own) {
                return own.environment();
            }
        }
        ExecutionEnvironment inherited = ExecutionEnvironment.INHERITED.get();
        return inherited != null ? inherited : onlyBusy();
    }

    private @Nullable ExecutionEnvironment onlyBusy() {
        ExecutionEnvironment busy = null;
        for (ExecutionEnvironment environment : all.values()) {
            if (environment.requestId() != null) {
                if (busy != null) {
                    return null;
                }
                busy = environment;
            }
        }
        return busy;
    }
}
