package dev.ingestkit.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptThreadsTest {

    private final RuntimeClock clock = RuntimeClock.system();

    @Test
    void aNewSchedulerContinuesOnTheThreadOfTheOneThatItReplaces() throws Exception {
        ScheduledExecutorService before = clock.scheduler("sweeps");
        Thread first = threadOf(before);
        ScheduledExecutorService after = replaced(before::shutdown, "sweeps");
        assertThat(threadOf(after)).isSameAs(first);
        after.shutdown();
        first.join();
    }

    @Test
    void aThreadThatNobodyTakesEnds() throws Exception {
        ScheduledExecutorService before = clock.scheduler("sweeps");
        Thread first = threadOf(before);
        clock.reuseThreads(before::shutdown);
        first.join();
        assertThat(before.isTerminated()).isTrue();
    }

    @Test
    void aThreadAtWorkIsNotWaitedFor() throws Exception {
        ScheduledExecutorService before = clock.scheduler("sweeps");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch working = new CountDownLatch(1);
        Thread first = threadOf(before);
        before.execute(() -> {
            working.countDown();
            awaitUninterrupted(held);
        });
        working.await();
        ScheduledExecutorService after = replaced(before::shutdown, "sweeps");
        // Not threadOf: the clock does not settle while the task is held.
        assertThat(after.submit(Thread::currentThread).get()).isNotSameAs(first);
        held.countDown();
        assertThat(before.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        after.shutdown();
    }

    @Test
    void aSchedulerThatShutsItselfDownGivesUpItsThread() throws Exception {
        ScheduledExecutorService before = clock.scheduler("loop");
        Thread first = threadOf(before);
        Runnable close = () -> {
            CountDownLatch closed = new CountDownLatch(1);
            before.execute(() -> {
                before.shutdown();
                closed.countDown();
            });
            awaitUninterrupted(closed);
        };
        ScheduledExecutorService after = replaced(close, "loop");
        assertThat(threadOf(after)).isSameAs(first);
        after.shutdown();
    }

    @Test
    void aReplacedSchedulerTakesNoTaskAndRunsNoneThatWaited() throws Exception {
        clock.freeze();
        ScheduledExecutorService before = clock.scheduler("sweeps");
        List<String> ran = new CopyOnWriteArrayList<>();
        ScheduledFuture<?> waiting = before.schedule(() -> ran.add("old"), 1, TimeUnit.HOURS);
        ScheduledExecutorService after = replaced(before::shutdown, "sweeps");
        ScheduledFuture<?> due = after.schedule(() -> ran.add("new"), 2, TimeUnit.HOURS);
        assertThatThrownBy(() -> before.execute(() -> ran.add("old"))).isInstanceOf(RejectedExecutionException.class);
        clock.advance(Duration.ofHours(3));
        assertThat(due.isDone()).isTrue();
        assertThat(waiting.isDone()).isFalse();
        assertThat(ran).containsExactly("new");
        after.shutdown();
    }

    private ScheduledExecutorService replaced(Runnable close, String name) {
        List<ScheduledExecutorService> after = new ArrayList<>();
        clock.reuseThreads(() -> {
            close.run();
            after.add(clock.scheduler(name));
        });
        return after.get(0);
    }

    private Thread threadOf(ScheduledExecutorService scheduler) throws Exception {
        Thread thread = scheduler.submit(Thread::currentThread).get();
        clock.settle();
        return thread;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
