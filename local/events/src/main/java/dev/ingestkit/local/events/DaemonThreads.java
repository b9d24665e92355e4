package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads, which keep no JVM alive, with names for debuggers and thread dumps. Thread-safe. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Returns a factory whose threads all have one name, for an executor with a single thread. */
    public static ThreadFactory named(String name) {
        requireNonNull(name, "name");
        return work -> daemon(name, work);
    }

    /** Returns a factory whose threads are numbered from 1: {@code name-1}, {@code name-2} and so on. */
    public static ThreadFactory numbered(String name) {
        requireNonNull(name, "name");
        AtomicInteger last = new AtomicInteger();
        return work -> daemon(name + "-" + last.incrementAndGet(), work);
    }

    /** Starts a new thread for a task. */
    public static Thread start(String name, Runnable work) {
        Thread thread = daemon(name, work);
        thread.start();
        return thread;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // Without this, the loader is that of a function if its thread happens to start this one.
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        return thread;
    }
}
