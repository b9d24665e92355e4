package dev.ingestkit.local.mapping;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An event loop and a clock that move only on request: a test of hours takes microseconds and always runs the same way.
 */
public final class VirtualTime extends Clock implements EventLoop {

    private record Task(Instant due, long order, Runnable work) {}

    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Task> timers =
            new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;
    private boolean closed;

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            ready.addLast(task);
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task timer = new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** Runs the tasks that are due, and those that become due by them. */
    public void settle() {
        int steps = 0;
        while (!closed) {
            Task timer = timers.peek();
            if (!ready.isEmpty()) {
                ready.removeFirst().run();
            } else if (timer != null && !timer.due().isAfter(now)) {
                timers.remove(timer);
                timer.work().run();
            } else {
                return;
            }
            if (++steps > 5_000_000) {
                throw new AssertionError("the loop does not come to rest at " + now);
            }
        }
    }

    /** Advances the time, timer by timer. */
    public void advance(Duration duration) {
        Instant until = now.plus(duration);
        settle();
        while (!closed && !timers.isEmpty() && !timers.peek().due().isAfter(until)) {
            now = timers.peek().due();
            settle();
        }
        now = until;
        settle();
    }

    /** Returns another loop whose clock continues from this one's time. */
    VirtualTime restarted() {
        VirtualTime next = new VirtualTime();
        next.now = now;
        return next;
    }

    @Override
    public void close() {
        closed = true;
        ready.clear();
        timers.clear();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
