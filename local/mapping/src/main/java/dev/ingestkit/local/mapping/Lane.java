package dev.ingestkit.local.mapping;

import dev.ingestkit.local.mapping.BatchFormer.Supply;
import dev.ingestkit.local.mapping.CheckpointTracker.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One ordered sequence of batches: a shard, or with a parallelization factor the part of it whose partition keys fall
 * to this lane. Only decides: does no I/O and reads no clock, so the same calls always give the same steps. At most
 * one step is in flight at a time. Not thread-safe.
 *
 * <p>The rules, as on AWS: a failed batch is retried until it succeeds, its retries are used up or its head is too
 * old; the records behind it wait. Only function errors count as retries. A partial failure moves the checkpoint, so
 * the rest is a new batch with a new count. Halving uses up no retry. Of a batch that grows too old only the expired
 * head is given up.
 */
final class Lane {

    private static final Step IDLE = new Step.Idle();

    private final DeliveryRules rules;
    private final RandomGenerator random;
    private final BatchFormer former;
    private final ArrayDeque<Batch> work = new ArrayDeque<>();
    private boolean busy;

    Lane(DeliveryRules rules, RandomGenerator random, Supplier<Mark> lowWater) {
        this.rules = rules;
        this.random = random;
        this.former = new BatchFormer(rules, lowWater);
    }

    void offer(QueuedRecord record) {
        former.offer(record);
    }

    boolean busy() {
        return busy;
    }

    /** Returns whether no record is left to deliver and no window is open. */
    boolean drained() {
        return !busy && work.isEmpty() && former.isEmpty();
    }

    /** Returns the mark up to which an open tumbling window allows the checkpoint to move; empty without a window. */
    Optional<Mark> floor() {
        return Optional.ofNullable(former.window()).map(TumblingWindow::floor);
    }

    /** Returns the next step. After an invoke or discard the lane is busy until its result is reported. */
    Step next(Instant now, Supply supply) {
        if (busy) {
            return IDLE;
        }
        if (work.isEmpty()) {
            Optional<Batch> formed = former.take(now, supply);
            if (formed.isEmpty()) {
                return former.due()
                        .filter(now::isBefore)
                        .<Step>map(Step.WaitUntil::new)
                        .orElse(IDLE);
            }
            work.addFirst(formed.get());
        }
        return nextFor(work.getFirst(), now);
    }

    private Step nextFor(Batch batch, Instant now) {
        if (rules.exhausted(batch.invocations()) || undeliverable(batch)) {
            return discard(batch, DiscardCondition.RETRY_ATTEMPTS_EXHAUSTED);
        }
        Optional<Duration> age = rules.maximumRecordAge();
        if (age.isPresent()) {
            int expired = expired(batch, now.minus(age.get()));
            if (expired > 0 || (batch.lastOfWindow() && windowExpired(now.minus(age.get())))) {
                return discard(splitHead(batch, expired), DiscardCondition.RECORD_AGE_EXCEEDED);
            }
        }
        if (now.isBefore(batch.notBefore())) {
            return new Step.WaitUntil(earlier(batch.notBefore(), expiry(batch)));
        }
        busy = true;
        return new Step.Invoke(batch, former.window());
    }

    private Step discard(Batch batch, DiscardCondition condition) {
        busy = true;
        return new Step.Discard(batch, condition, former.window());
    }

    private boolean undeliverable(Batch batch) {
        return batch.size() == 1 && batch.first().eventBytes() > rules.payloadLimit();
    }

    private static int expired(Batch batch, Instant oldest) {
        int expired = 0;
        for (QueuedRecord record : batch.records()) {
            if (record.arrival().isAfter(oldest)) {
                break;
            }
            expired++;
        }
        return expired;
    }

    private boolean windowExpired(Instant oldest) {
        TumblingWindow window = former.window();
        return window != null && !window.start().isAfter(oldest);
    }

    /** Cuts the expired head off, so that the younger rest is delivered next. */
    private Batch splitHead(Batch batch, int expired) {
        if (expired == batch.size()) {
            return batch;
        }
        work.removeFirst();
        work.addFirst(batch.from(expired));
        Batch head = batch.headWithHistory(expired);
        work.addFirst(head);
        return head;
    }

    private Optional<Instant> expiry(Batch batch) {
        return batch.lastOfWindow()
                ? Optional.empty()
                : rules.maximumRecordAge().map(batch.first().arrival()::plus);
    }

    private static Instant earlier(Instant time, Optional<Instant> other) {
        return other.filter(time::isAfter).orElse(time);
    }

    /**
     * Reports the result of a delivery.
     *
     * @return the records that have been processed
     */
    List<QueuedRecord> invoked(InvokeOutcome outcome, Instant now) {
        Batch batch = finish();
        return switch (outcome.kind()) {
            case SUCCEEDED -> succeeded(batch, ((InvokeOutcome.Succeeded) outcome).state());
            case PARTLY_FAILED -> partlyFailed(batch, (InvokeOutcome.PartlyFailed) outcome);
            case FAILED -> {
                failed(batch, ((InvokeOutcome.Failed) outcome).attempt(), now);
                yield List.of();
            }
            case NOT_INVOKED -> {
                batch.failed(((InvokeOutcome.NotInvoked) outcome).attempt());
                repeatLater(batch, now);
                yield List.of();
            }
        };
    }

    private Batch finish() {
        busy = false;
        return work.removeFirst();
    }

    private List<QueuedRecord> succeeded(Batch batch, @Nullable String state) {
        if (batch.lastOfWindow()) {
            former.closeWindow();
        } else if (state != null) {
            former.windowState(state);
        }
        return batch.records();
    }

    private List<QueuedRecord> partlyFailed(Batch batch, InvokeOutcome.PartlyFailed partly) {
        if (partly.state() != null) {
            former.windowState(partly.state());
        }
        work.addFirst(batch.from(partly.firstFailed()));
        return batch.before(partly.firstFailed()).records();
    }

    private void failed(Batch batch, FailedAttempt attempt, Instant now) {
        if (rules.bisect() && batch.size() > 1) {
            int middle = batch.size() / 2;
            work.addFirst(batch.from(middle));
            work.addFirst(batch.before(middle));
            return;
        }
        batch.countInvocation();
        batch.failed(attempt);
        repeatLater(batch, now);
    }

    private void repeatLater(Batch batch, Instant now) {
        batch.waitUntil(now.plus(rules.backoff().after(batch.failures(), random)));
        work.addFirst(batch);
    }

    /**
     * Reports that the batch to give up has been given up.
     *
     * @return its records
     */
    List<QueuedRecord> discarded() {
        Batch batch = finish();
        if (batch.lastOfWindow()) {
            former.closeWindow();
        }
        return batch.records();
    }

    /** Reports that the batch could not be given up yet; the discard is retried. */
    void discardFailed() {
        busy = false;
    }
}
