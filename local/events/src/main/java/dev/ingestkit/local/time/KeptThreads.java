package dev.ingestkit.local.time;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads of closed schedulers, while parts of a runtime are replaced: starting a thread takes as long as creating a
 * stream. A new scheduler takes the thread of a closed one of its name. Thread-safe.
 */
final class KeptThreads {

    private final Map<String, Deque<SchedulerThread>> byName = new HashMap<>();
    private boolean keeping;

    synchronized void keep() {
        keeping = true;
    }

    /** Takes over a thread; false if none are kept now, or a task other than the caller's runs on it. */
    synchronized boolean offer(String name, SchedulerThread thread) {
        if (!keeping || !thread.isFree()) {
            return false;
        }
        thread.getQueue().clear();
        return byName.computeIfAbsent(name, key -> new ArrayDeque<>()).offer(thread);
    }

    synchronized @Nullable SchedulerThread take(String name) {
        Deque<SchedulerThread> threads = byName.get(name);
        return threads == null ? null : threads.poll();
    }

    /** Ends the threads that nobody has taken. */
    synchronized void release() {
        keeping = false;
        byName.values().forEach(threads -> threads.forEach(SchedulerThread::shutdown));
        byName.clear();
    }
}
