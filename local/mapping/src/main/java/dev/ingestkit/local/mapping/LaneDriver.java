package dev.ingestkit.local.mapping;

import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.mapping.failure.DestinationPolicy;
import dev.ingestkit.local.mapping.failure.FailureNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Performs the steps of a {@link Lane}: invokes, notifies the destination, waits. Runs on the mapping's event loop. */
final class LaneDriver {

    /** The shard that a lane belongs to. */
    interface Owner {

        /** Returns whether calls may start; false while the mapping is paused. Calls in flight may finish. */
        boolean running();

        /** Returns the supply of records from the shard. */
        BatchFormer.Supply supply();

        /** Receives records that were delivered or given up; also called with none when a call has ended. */
        void settled(List<QueuedRecord> records);
    }

    private final ShardWork work;
    private final Lane lane;
    private final int number;
    private final Owner owner;
    private EventLoop.@Nullable Timer timer;
    private Instant destinationNotBefore = Instant.MIN;
    private int destinationFailures;

    /** @param number the lane's number in its shard, from 1 */
    LaneDriver(ShardWork work, Lane lane, int number, Owner owner) {
        this.work = work;
        this.lane = lane;
        this.number = number;
        this.owner = owner;
    }

    Lane lane() {
        return lane;
    }

    /** Performs the lane's next step, if there is one. */
    void drive() {
        stopWaiting();
        if (!owner.running()) {
            return;
        }
        Step step = lane.next(now(), owner.supply());
        switch (step.kind()) {
            case IDLE -> {}
            case WAIT_UNTIL -> waitUntil(((Step.WaitUntil) step).time());
            case INVOKE -> invoke((Step.Invoke) step);
            case DISCARD -> discard((Step.Discard) step);
        }
    }

    void stopWaiting() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void waitUntil(Instant time) {
        timer = work.environment().loop().schedule(Duration.between(now(), time), this::drive);
    }

    private Instant now() {
        return work.environment().clock().instant();
    }

    private void invoke(Step.Invoke step) {
        Batch batch = step.batch();
        byte[] payload = payload(batch, step.window());
        work.environment().journal().append(deliveredEvent(batch));
        work.shardMeter().inFlight.incrementAndGet();
        Instant began = now();
        CompletionStage<Invocation> call = attempt(
                () -> work.environment().functions().invoke(work.config().functionArn(), payload));
        CompletionStage<?> unused = call.whenComplete((invocation, failure) ->
                work.environment().loop().execute(() -> invoked(step, began, invocation, failure)));
    }

    private static <T> CompletionStage<T> attempt(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void invoked(
            Step.Invoke step, Instant began, @Nullable Invocation invocation, @Nullable Throwable failure) {
        Batch batch = step.batch();
        Instant now = now();
        InvokeOutcome outcome = invocation != null
                ? work.results().of(invocation, batch.records())
                : InvocationResult.of(failure == null ? new IllegalStateException("no answer") : failure);
        work.shardMeter().inFlight.decrementAndGet();
        work.meter().ended(outcome);
        outcome.failure().map(FailedAttempt::reason).ifPresent(work.meter()::error);
        if (invocation != null && !invocation.failed()) {
            outcome.failure().ifPresent(attempt -> keep(step, invocation, attempt.reason()));
        }
        work.environment().journal().append(attemptEvent(batch, invocation, outcome, Duration.between(began, now)));
        if (batch.size() > 0 && outcome.kind() != InvokeOutcome.Kind.NOT_INVOKED) {
            work.shardMeter()
                    .iteratorAge(Duration.between(batch.last().arrival(), now).toMillis());
        }
        List<QueuedRecord> done = lane.invoked(outcome, now);
        work.shardMeter().delivered.addAndGet(done.size());
        owner.settled(done);
    }

    /** Keeps the event of an invocation that knows no failure itself: its answer tells of it, in a form that the mapping reads. */
    private void keep(Step.Invoke step, Invocation invocation, String reason) {
        work.environment()
                .journal()
                .failures()
                .add(invocation.requestId(), work.config().functionArn(), reason, payload(step.batch(), step.window()));
    }

    private byte[] payload(Batch batch, @Nullable TumblingWindow window) {
        return work.writer().write(batch.records(), batch.lastOfWindow(), window);
    }

    private void discard(Step.Discard step) {
        if (now().isBefore(destinationNotBefore)) {
            lane.discardFailed();
            waitUntil(destinationNotBefore);
            return;
        }
        Optional<String> destination = work.config().settings().onFailure();
        if (destination.isEmpty()) {
            discarded(step, null);
            return;
        }
        FailureNotice notice = notice(step);
        CompletionStage<?> unused = attempt(
                        () -> work.environment().destination().send(destination.get(), notice))
                .whenComplete((id, failure) -> work.environment().loop().execute(() -> notified(step, id, failure)));
    }

    private void notified(Step.Discard step, @Nullable String messageId, @Nullable Throwable failure) {
        if (failure == null) {
            destinationFailures = 0;
            destinationNotBefore = Instant.MIN;
            work.meter().destinationMessages.incrementAndGet();
            discarded(step, messageId);
            return;
        }
        work.meter().destinationFailures.incrementAndGet();
        work.meter()
                .error("the on-failure destination %s refused a message: %s"
                        .formatted(work.config().settings().onFailureDestination(), failure.getMessage()));
        if (work.environment().failures().destinationPolicy() == DestinationPolicy.DROP || isPermanent(failure)) {
            discarded(step, null);
            return;
        }
        destinationFailures++;
        destinationNotBefore = now().plus(work.environment().failures().waitAfter(destinationFailures));
        lane.discardFailed();
        owner.settled(List.of());
    }

    private static boolean isPermanent(Throwable failure) {
        return failure instanceof UnsupportedOperationException
                || failure.getCause() instanceof UnsupportedOperationException;
    }

    private void discarded(Step.Discard step, @Nullable String messageId) {
        Batch batch = step.batch();
        if (batch.size() > 0) {
            work.environment().journal().append(deadLetterEvent(step, messageId));
        }
        List<QueuedRecord> done = lane.discarded();
        work.shardMeter().dropped.addAndGet(done.size());
        owner.settled(done);
    }

    private FailureNotice notice(Step.Discard step) {
        Batch batch = step.batch();
        FailedAttempt last = batch.lastFailure();
        String requestId = last == null ? null : last.requestId();
        FailureMessage message = new FailureMessage(
                requestId == null ? work.environment().failures().ids().get() : requestId, now(), step, work);
        return new FailureNotice(
                work.config().uuid(),
                work.shardId(),
                message.timestamp(),
                message.json(),
                () -> payload(batch, step.window()));
    }

    private JournalEvent.Delivered deliveredEvent(Batch batch) {
        return new JournalEvent.Delivered(
                work.config().uuid(),
                work.config().functionArn(),
                work.sourceName(),
                batch.range(work.shardId()),
                number,
                batch.invocations() + 1);
    }

    private JournalEvent.Attempt attemptEvent(
            Batch batch, @Nullable Invocation invocation, InvokeOutcome outcome, Duration took) {
        return new JournalEvent.Attempt(
                work.config().uuid(),
                work.config().functionArn(),
                invocation == null ? null : invocation.requestId(),
                batch.range(work.shardId()),
                number,
                new AttemptResult(
                        failedRecords(batch, outcome),
                        batch.invocations() + 1,
                        journaled(outcome.kind()),
                        outcome.failure().map(FailedAttempt::reason).orElse(null),
                        took.toNanos() / 1_000));
    }

    private static int failedRecords(Batch batch, InvokeOutcome outcome) {
        return switch (outcome.kind()) {
            case SUCCEEDED -> 0;
            case PARTLY_FAILED -> batch.size() - ((InvokeOutcome.PartlyFailed) outcome).firstFailed();
            case FAILED, NOT_INVOKED -> batch.size();
        };
    }

    private static Outcome journaled(InvokeOutcome.Kind kind) {
        return switch (kind) {
            case SUCCEEDED -> Outcome.SUCCEEDED;
            case PARTLY_FAILED -> Outcome.PARTIAL;
            case FAILED -> Outcome.FAILED;
            case NOT_INVOKED -> Outcome.NOT_INVOKED;
        };
    }

    private JournalEvent.DeadLetter deadLetterEvent(Step.Discard step, @Nullable String messageId) {
        return new JournalEvent.DeadLetter(
                work.config().uuid(),
                step.condition().label(),
                work.config().settings().onFailureDestination(),
                work.sourceName(),
                step.batch().range(work.shardId()),
                messageId);
    }
}
