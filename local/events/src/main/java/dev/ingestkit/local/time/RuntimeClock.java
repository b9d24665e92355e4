package dev.ingestkit.local.time;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a runtime. It starts as the system's clock; it can be frozen, moved forward by any duration, and
 * resumed. Whatever a runtime waits for (retries, windows, ages, visibility, retention, rotation, expiry) waits on a
 * scheduler of this clock, so that moving the clock is all it takes to let a day pass.
 *
 * <p>{@link #advance} goes from one due task to the next, in the order of their times, and lets everything that a task
 * causes end before the next one runs: the order of what happens is the same in every run. Only waiting is virtual. A
 * function's own code, its timeout, and calls over the network take the time they take.
 *
 * <p>Thread-safe. Calls of {@link #freeze}, {@link #advance} and {@link #resume} run one after another.
 */
public final class RuntimeClock extends Clock {

    /** The real time after which work in progress no longer holds back a moving clock. */
    private static final Duration MAX_SETTLING = Duration.ofSeconds(30);

    private final Clock real;
    private final Activity activity = new Activity();
    private final KeptThreads keptThreads = new KeptThreads();
    private final Object moving = new Object();
    private final Object lock = new Object();
    private final TreeSet<TimedTask<?>> once = new TreeSet<>();
    private final TreeSet<TimedTask<?>> periodic = new TreeSet<>();
    private long scheduled;
    private volatile State state = new State(null, Duration.ZERO);
    private volatile Consumer<Reading> listener = reading -> {};

    private record State(@Nullable Instant frozenAt, Duration ahead) {}

    /**
     * A clock's state at one moment.
     *
     * @param now the clock's time
     * @param frozen whether the clock is frozen
     * @param ahead how far the clock is ahead of the system's clock; negative when it is behind
     */
    public record Reading(Instant now, boolean frozen, Duration ahead) {}

    private RuntimeClock(Clock real) {
        this.real = requireNonNull(real, "real");
    }

    /** Returns a clock that runs with the system's. */
    public static RuntimeClock system() {
        return new RuntimeClock(Clock.systemUTC());
    }

    /**
     * Returns a scheduler for a part that was given some clock: the clock's own if it is a runtime's, else one whose
     * delays are the system's.
     *
     * @param name the thread's name, as a debugger shows it
     */
    public static ScheduledExecutorService scheduler(Clock clock, String name) {
        RuntimeClock own = clock instanceof RuntimeClock movable ? movable : system();
        return own.scheduler(name);
    }

    @Override
    public Instant instant() {
        State current = state;
        if (current.frozenAt() != null) {
            return current.frozenAt();
        }
        return current.ahead().isZero() ? real.instant() : real.instant().plus(current.ahead());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: the times of a runtime are in UTC. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Returns what the clock shows. */
    public Reading reading() {
        State current = state;
        Instant realNow = real.instant();
        Instant now = current.frozenAt() == null ? realNow.plus(current.ahead()) : current.frozenAt();
        return new Reading(now, current.frozenAt() != null, Duration.between(realNow, now));
    }

    /**
     * Returns a scheduler whose delays pass by this clock, on one daemon thread of its own, which starts with the first
     * task.
     *
     * @param name the thread's name, as a debugger shows it
     */
    public ScheduledExecutorService scheduler(String name) {
        return new ClockScheduler(this, name);
    }

    /**
     * Replaces parts of a runtime: new schedulers continue on the threads of those of the same name that have shut
     * down meanwhile.
     *
     * @param replacement shuts schedulers down and opens others
     */
    public void reuseThreads(Runnable replacement) {
        keptThreads.keep();
        try {
            replacement.run();
        } finally {
            keptThreads.release();
        }
    }

    KeptThreads keptThreads() {
        return keptThreads;
    }

    /** Sets the receiver of the clock's state after each freeze, resume and advance. */
    public void onChange(Consumer<Reading> receiver) {
        listener = requireNonNull(receiver, "receiver");
    }

    /**
     * Sets the clock to the state of another one, even backward: to its time if it is frozen, otherwise as far ahead of
     * the system's. Tasks keep their times.
     */
    public void set(Reading reading) {
        synchronized (moving) {
            synchronized (lock) {
                state = reading.frozen() ? new State(reading.now(), Duration.ZERO) : new State(null, reading.ahead());
                if (!reading.frozen()) {
                    armAll();
                }
            }
        }
    }

    /** Stops the clock: nothing becomes due until it is advanced or resumed. Work that does not wait continues. */
    public void freeze() {
        synchronized (moving) {
            stop();
            listener.accept(reading());
        }
    }

    private void stop() {
        synchronized (lock) {
            state = new State(instant(), Duration.ZERO);
        }
    }

    /** Lets a frozen clock run from where it stands. A clock that runs is left alone. */
    public void resume() {
        synchronized (moving) {
            runOn(real.instant());
            listener.accept(reading());
        }
    }

    /** Resumes a frozen clock as of an earlier real time. */
    private void runOn(Instant began) {
        synchronized (lock) {
            Instant frozenAt = state.frozenAt();
            if (frozenAt != null) {
                state = new State(null, Duration.between(began, frozenAt));
                armAll();
            }
        }
    }

    private void armAll() {
        once.forEach(this::arm);
        periodic.forEach(this::arm);
    }

    /** Returns to the system's time, which may lie before the clock's: for a runtime whose parts are all new. */
    public void reset() {
        synchronized (moving) {
            synchronized (lock) {
                state = new State(null, Duration.ZERO);
                armAll();
            }
        }
    }

    /**
     * Moves the clock forward, runs what becomes due on the way, and returns when all of it has ended. A running clock
     * keeps running afterwards, ahead by the whole duration: the real time of the call is not lost. The call
     * stops waiting for work that takes more than 30 seconds of real time.
     *
     * @param by zero or more
     * @return the time that was moved to
     * @throws IllegalArgumentException if the duration is negative
     * @throws InterruptedException if the thread is interrupted while it waits for work to end; the clock then stays
     *     where it had come to
     */
    public Instant advance(Duration by) throws InterruptedException {
        if (by.isNegative()) {
            throw new IllegalArgumentException("a clock cannot be advanced by less than zero: " + by);
        }
        synchronized (moving) {
            boolean ran = state.frozenAt() == null;
            Instant began = real.instant();
            stop();
            try {
                Instant target = instant().plus(by);
                settle();
                while (step(target)) {
                    settle();
                }
                return target;
            } finally {
                if (ran) {
                    runOn(began);
                }
                listener.accept(reading());
            }
        }
    }

    /**
     * Waits until nothing is in progress: no task, no function, and nothing that they caused. Gives up after 30 seconds
     * of real time, as for a function that takes longer.
     *
     * @return whether nothing is in progress
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean settle() throws InterruptedException {
        return activity.awaitNone(MAX_SETTLING);
    }

    /**
     * Counts work as in progress until it ends, so that a moving clock waits for it.
     *
     * @return completes as the work does; stages that depend on it have run before the work counts as ended
     */
    public <T> CompletableFuture<T> track(CompletionStage<T> work) {
        CompletableFuture<T> tracked = new CompletableFuture<>();
        activity.begin();
        CompletionStage<?> unused = work.whenComplete((result, failure) -> {
            try {
                if (failure == null) {
                    tracked.complete(result);
                } else {
                    tracked.completeExceptionally(failure);
                }
            } finally {
                activity.end();
            }
        });
        return tracked;
    }

    /** Works as {@link #track(CompletionStage)}; the work is in progress from before the call that starts it. */
    public <T> CompletableFuture<T> track(Supplier<? extends CompletionStage<T>> start) {
        activity.begin();
        try {
            return track(start.get());
        } finally {
            activity.end();
        }
    }

    Activity activity() {
        return activity;
    }

    /**
     * Moves to the next due task, at or before the target, and starts it. Periodic tasks that fall due on the way run
     * once, just before it, on the calling thread: what they sweep up is the same, and no thread is woken for each of
     * them. Returns false, the clock at the target, when nothing is due.
     */
    private boolean step(Instant target) throws InterruptedException {
        List<TimedTask<?>> sweeps = new ArrayList<>();
        TimedTask<?> next;
        synchronized (lock) {
            next = once.isEmpty() || once.first().due().isAfter(target) ? null : once.first();
            Instant time = next == null ? target : later(next.due(), instant());
            while (!periodic.isEmpty() && !periodic.first().due().isAfter(time)) {
                sweeps.add(requireNonNull(periodic.pollFirst()));
            }
            if (next != null) {
                once.remove(next);
            }
            state = new State(time, Duration.ZERO);
        }
        if (!sweeps.isEmpty()) {
            sweeps.forEach(TimedTask::runHere);
            settle();
        }
        if (next != null) {
            next.start();
        }
        return next != null || !sweeps.isEmpty();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Lets a task wait for its time. */
    void await(TimedTask<?> task, Duration delay) {
        synchronized (lock) {
            task.becomesDue(instant().plus(delay.isNegative() ? Duration.ZERO : delay), scheduled++);
            listOf(task).add(task);
            if (state.frozenAt() == null) {
                arm(task);
            }
        }
    }

    /** Takes a task whose time has come off its list and counts it as in progress; false if it must wait on. */
    boolean take(TimedTask<?> task) {
        synchronized (lock) {
            if (state.frozenAt() != null || !listOf(task).contains(task)) {
                return false;
            }
            if (task.due().isAfter(instant())) {
                arm(task);
                return false;
            }
            activity.begin();
            return listOf(task).remove(task);
        }
    }

    /** Takes a task off its list for good. */
    void drop(TimedTask<?> task) {
        synchronized (lock) {
            listOf(task).remove(task);
        }
    }

    /** Takes all tasks of a scheduler off the lists and returns them. */
    List<Runnable> dropAll(ClockScheduler scheduler) {
        List<Runnable> dropped = new ArrayList<>();
        synchronized (lock) {
            for (Set<TimedTask<?>> list : List.of(once, periodic)) {
                list.removeIf(task -> task.isOf(scheduler) && dropped.add(task));
            }
        }
        return dropped;
    }

    private Set<TimedTask<?>> listOf(TimedTask<?> task) {
        return task.isPeriodic() ? periodic : once;
    }

    private void arm(TimedTask<?> task) {
        task.arm(Duration.between(instant(), task.due()));
    }
}
