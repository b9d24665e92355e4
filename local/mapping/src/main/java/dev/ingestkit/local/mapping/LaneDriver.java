package dev.ingestkit.local.mapping;

import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out what a {@link Lane} decides: invokes, tells the destination, waits. Runs on the mapping's event loop. */
final class LaneDriver {

    /** The shard a lane belongs to. */
    interface Owner {

        /** False while the mapping is paused: calls under way may end, none may begin. */
        boolean running();

        BatchFormer.Supply supply();

        /** Records are done with, delivered or given up; also called with none when a call has ended. */
        void settled(List<QueuedRecord> records);
    }

    private final ShardWork work;
    private final Lane lane;
    private final Owner owner;
    private EventLoop.@Nullable Timer timer;
    private Instant destinationNotBefore = Instant.MIN;
    private int destinationFailures;

    LaneDriver(ShardWork work, Lane lane, Owner owner) {
        this.work = work;
        this.lane = lane;
        this.owner = owner;
    }

    Lane lane() {
        return lane;
    }

    /** Takes the lane's next step, if there is one. */
    void drive() {
        stopWaiting();
        if (!owner.running()) {
            return;
        }
        Step step = lane.next(now(), owner.supply());
        if (step instanceof Step.Invoke invoke) {
            invoke(invoke);
        } else if (step instanceof Step.Discard discard) {
            discard(discard);
        } else if (step instanceof Step.WaitUntil wait) {
            waitUntil(wait.time());
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
        byte[] payload = work.writer().write(batch.records(), batch.lastOfWindow(), step.window());
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
        reason(outcome).ifPresent(work.meter()::error);
        work.environment().journal().append(attemptEvent(batch, invocation, outcome, Duration.between(began, now)));
        if (batch.size() > 0 && !(outcome instanceof InvokeOutcome.NotInvoked)) {
            work.shardMeter()
                    .iteratorAge(Duration.between(batch.last().arrival(), now).toMillis());
        }
        List<QueuedRecord> done = lane.invoked(outcome, now);
        work.shardMeter().delivered.addAndGet(done.size());
        owner.settled(done);
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
                .whenComplete((id, failure) -> work.environment().loop().execute(() -> told(step, id, failure)));
    }

    private void told(Step.Discard step, @Nullable String messageId, @Nullable Throwable failure) {
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
                requestId == null ? work.environment().failures().ids().get() : requestId,
                work.config().functionArn(),
                step.condition(),
                batch.invocations(),
                last,
                now(),
                work.shardId(),
                work.config().streamArn(),
                batch,
                step.window());
        return new FailureNotice(
                work.config().uuid(),
                work.shardId(),
                message.timestamp(),
                message.json(),
                () -> work.writer().write(batch.records(), batch.lastOfWindow(), step.window()));
    }

    private static Optional<String> reason(InvokeOutcome outcome) {
        if (outcome instanceof InvokeOutcome.Failed failed) {
            return Optional.of(failed.attempt().reason());
        }
        if (outcome instanceof InvokeOutcome.PartlyFailed partly) {
            return Optional.of(partly.attempt().reason());
        }
        return outcome instanceof InvokeOutcome.NotInvoked not
                ? Optional.of(not.attempt().reason())
                : Optional.empty();
    }

    private JournalEvent.Delivered deliveredEvent(Batch batch) {
        return new JournalEvent.Delivered(
                work.config().uuid(),
                work.config().functionArn(),
                work.streamName(),
                work.shardId(),
                batch.size() == 0 ? "" : batch.first().sequenceNumber(),
                batch.size() == 0 ? "" : batch.last().sequenceNumber(),
                batch.size(),
                batch.invocations() + 1);
    }

    private JournalEvent.Attempt attemptEvent(
            Batch batch, @Nullable Invocation invocation, InvokeOutcome outcome, Duration took) {
        boolean partly = outcome instanceof InvokeOutcome.PartlyFailed;
        Outcome kind = outcome instanceof InvokeOutcome.Succeeded
                ? Outcome.SUCCEEDED
                : partly
                        ? Outcome.PARTIAL
                        : outcome instanceof InvokeOutcome.Failed ? Outcome.FAILED : Outcome.NOT_INVOKED;
        int failed =
                outcome instanceof InvokeOutcome.PartlyFailed some ? batch.size() - some.firstFailed() : batch.size();
        return new JournalEvent.Attempt(
                work.config().uuid(),
                work.config().functionArn(),
                invocation == null ? null : invocation.requestId(),
                work.shardId(),
                batch.size() == 0 ? "" : batch.first().sequenceNumber(),
                batch.size() == 0 ? "" : batch.last().sequenceNumber(),
                batch.size(),
                kind == Outcome.SUCCEEDED ? 0 : failed,
                batch.invocations() + 1,
                kind,
                reason(outcome).orElse(null),
                took.toNanos() / 1_000);
    }

    private JournalEvent.DeadLetter deadLetterEvent(Step.Discard step, @Nullable String messageId) {
        return new JournalEvent.DeadLetter(
                work.config().uuid(),
                step.condition().label(),
                work.config().settings().onFailureDestination(),
                work.streamName(),
                work.shardId(),
                step.batch().first().sequenceNumber(),
                step.batch().last().sequenceNumber(),
                step.batch().size(),
                messageId);
    }
}
