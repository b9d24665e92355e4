package dev.ingestkit.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RuntimeClockTest {

    private final RuntimeClock clock = RuntimeClock.system();
    private final ScheduledExecutorService scheduler = clock.scheduler("clock-test");
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void shutDown() {
        scheduler.shutdownNow();
    }

    @Test
    void aFrozenClockKeepsItsTime() {
        clock.freeze();
        Instant before = clock.instant();
        assertThat(clock.reading().frozen()).isTrue();
        assertThat(clock.millis()).isEqualTo(before.toEpochMilli());
        assertThat(clock.instant()).isEqualTo(before);
    }

    @Test
    void tasksThatAShutdownDropsAreNotWaitedFor() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        scheduler.execute(() -> {
            started.countDown();
            try {
                held.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        scheduler.execute(() -> ran.add("dropped"));
        scheduler.shutdown();
        held.countDown();
        assertThat(clock.settle()).isTrue();
        assertThat(ran).isEmpty();
    }

    @Test
    void aDayPassesWithinACall() throws Exception {
        clock.freeze();
        Instant start = clock.instant();
        after(Duration.ofHours(23), "late");
        after(Duration.ofHours(25), "next day");
        assertThat(clock.advance(Duration.ofDays(1))).isEqualTo(start.plus(Duration.ofDays(1)));
        assertThat(ran).containsExactly("late");
        assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofDays(1)));
    }

    @Test
    void tasksRunInTheOrderOfTheirTimesWhateverTheirScheduler() throws Exception {
        clock.freeze();
        ScheduledExecutorService other = clock.scheduler("other");
        after(Duration.ofSeconds(3), "3");
        var first = other.schedule(() -> ran.add("1"), 1, TimeUnit.SECONDS);
        after(Duration.ofSeconds(2), "2");
        var second = other.schedule(() -> ran.add("2 as well"), 2, TimeUnit.SECONDS);
        clock.advance(Duration.ofSeconds(3));
        other.shutdownNow();
        assertThat(ran).containsExactly("1", "2", "2 as well", "3");
        assertThat(first.isDone()).isTrue();
        assertThat(second.isDone()).isTrue();
    }

    @Test
    void eachTaskSeesItsOwnTime() throws Exception {
        clock.freeze();
        Instant start = clock.instant();
        List<Instant> seen = Collections.synchronizedList(new ArrayList<>());
        for (int hour = 1; hour <= 3; hour++) {
            var unused = scheduler.schedule(() -> seen.add(clock.instant()), hour, TimeUnit.HOURS);
        }
        clock.advance(Duration.ofHours(5));
        assertThat(seen)
                .containsExactly(
                        start.plus(Duration.ofHours(1)),
                        start.plus(Duration.ofHours(2)),
                        start.plus(Duration.ofHours(3)));
    }

    @Test
    void aTaskThatSchedulesTheNextOneIsFollowedToTheEnd() throws Exception {
        clock.freeze();
        AtomicInteger attempts = new AtomicInteger();
        retry(attempts);
        clock.advance(Duration.ofHours(24));
        assertThat(attempts).hasValue(24 * 60);
    }

    private void retry(AtomicInteger attempts) {
        var unused = scheduler.schedule(
                () -> {
                    attempts.incrementAndGet();
                    retry(attempts);
                },
                1,
                TimeUnit.MINUTES);
    }

    @Test
    void theClockWaitsForWorkElsewhereThatATaskStarted() throws Exception {
        clock.freeze();
        CompletableFuture<String> function = new CompletableFuture<>();
        CountDownLatch invoked = new CountDownLatch(1);
        var unused = scheduler.schedule(
                () -> {
                    var answer = clock.track(function).thenAccept(result -> after(Duration.ofSeconds(1), result));
                    assertThat(answer).isNotDone();
                    invoked.countDown();
                },
                1,
                TimeUnit.SECONDS);
        Thread lambda = new Thread(() -> {
            try {
                invoked.await();
                function.complete("answered");
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        lambda.start();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).containsExactly("answered");
        lambda.join();
    }

    @Test
    void aPeriodicTaskRunsOnceForEachStepOfTheClock() throws Exception {
        clock.freeze();
        var sweep = scheduler.scheduleWithFixedDelay(() -> ran.add("sweep"), 1, 1, TimeUnit.SECONDS);
        after(Duration.ofHours(1), "task");
        clock.advance(Duration.ofHours(2));
        assertThat(ran).containsExactly("sweep", "task", "sweep");
        sweep.cancel(false);
        clock.advance(Duration.ofHours(2));
        assertThat(ran).hasSize(3);
    }

    @Test
    void aCanceledTaskDoesNotRun() throws Exception {
        clock.freeze();
        ScheduledFuture<?> task = scheduler.schedule(() -> ran.add("canceled"), 1, TimeUnit.SECONDS);
        assertThat(task.cancel(false)).isTrue();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
        assertThat(task.isCancelled()).isTrue();
    }

    @Test
    void aResumedClockRunsOnFromWhereItStood() throws Exception {
        clock.freeze();
        clock.advance(Duration.ofDays(1));
        CountDownLatch due = new CountDownLatch(1);
        var unused = scheduler.schedule(due::countDown, 1, TimeUnit.MILLISECONDS);
        assertThat(due.getCount()).isOne();
        clock.resume();
        due.await();
        assertThat(clock.reading().frozen()).isFalse();
        assertThat(clock.reading().ahead()).isGreaterThan(Duration.ofHours(23));
        assertThat(clock.instant()).isAfter(Clock.systemUTC().instant().plus(Duration.ofHours(23)));
    }

    @Test
    void aRunningClockRunsTasksInRealTimeAndCanBeMovedToo() throws Exception {
        CountDownLatch soon = new CountDownLatch(1);
        var first = scheduler.schedule(soon::countDown, 1, TimeUnit.MILLISECONDS);
        soon.await();
        after(Duration.ofHours(1), "moved to");
        clock.advance(Duration.ofHours(1));
        assertThat(ran).containsExactly("moved to");
        assertThat(clock.reading().frozen()).isFalse();
        assertThat(first.isCancelled()).isFalse();
    }

    @Test
    void theTimeThatAnAdvanceTakesPassesOnARunningClock() throws Exception {
        CompletableFuture<Instant> workEnded = new CompletableFuture<>();
        CompletableFuture<?> tracked = clock.track(workEnded);
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            Instant began = Instant.now();
            while (Duration.between(began, Instant.now()).toMillis() < 20) {
                Thread.onSpinWait();
            }
            workEnded.complete(began);
        });

        clock.advance(Duration.ofHours(1));
        work.join();
        assertThat(tracked).isCompleted();

        assertThat(clock.reading().ahead()).isGreaterThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void workIsInProgressWhileItIsStarted() throws Exception {
        Thread settling = new Thread(() -> {
            try {
                clock.settle();
                ran.add("settled");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        CompletableFuture<String> tracked = clock.track(() -> {
            settling.start();
            while (settling.getState() != Thread.State.TIMED_WAITING && settling.isAlive()) {
                Thread.onSpinWait();
            }
            ran.add("started");
            return CompletableFuture.completedFuture("result");
        });
        settling.join();
        assertThat(tracked).isCompletedWithValue("result");
        assertThat(ran).containsExactly("started", "settled");
    }

    @Test
    void aSchedulerThatIsShutDownRunsNothingMore() throws Exception {
        clock.freeze();
        after(Duration.ofSeconds(1), "dropped");
        scheduler.shutdown();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> after(Duration.ofSeconds(1), "late")).isInstanceOf(RejectedExecutionException.class);
        assertThat(scheduler.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClockDoesNotGoBack() {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-1S");
    }

    private void after(Duration delay, String name) {
        var unused = scheduler.schedule(() -> ran.add(name), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
