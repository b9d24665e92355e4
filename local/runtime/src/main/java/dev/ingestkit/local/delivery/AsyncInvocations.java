package dev.ingestkit.local.delivery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.AsyncSettings;
import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.events.RandomIds;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.BodyIds;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.mapping.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lambda's queue of asynchronous invocations: an event is accepted at once, invoked, retried after a function error a
 * minute and then two minutes later, and given up after the function's retries or at its maximum age; then the
 * function's destination and dead letter queue receive it. An invocation that never reaches the function does not count as a retry.
 * Thread-safe. Over a store, events that wait or are in flight when the process ends are invoked by the next one, so an
 * event may be delivered twice, as on Lambda.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">Errors of
 *     asynchronous invocations</a>
 */
public final class AsyncInvocations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncInvocations.class);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Backoff SYSTEM_ERRORS = Backoff.around(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.2);

    private final FunctionInvoker functions;
    private final Journal journal;
    private final Clock clock;
    private final EventLoop loop;
    private final Targets targets;
    private final WaitingInvocations waiting;
    private final SplittableRandom random = new SplittableRandom();
    private final Map<String, AsyncSettings> settings = new ConcurrentHashMap<>();

    /**
     * Creates an empty queue.
     *
     * @param loop runs the decisions; closed with the queue
     * @param targets the destinations and dead letter queues
     * @param waiting keeps the events until they are processed
     */
    public AsyncInvocations(
            FunctionInvoker functions,
            Journal journal,
            Clock clock,
            EventLoop loop,
            Targets targets,
            WaitingInvocations waiting) {
        this.functions = requireNonNull(functions, "functions");
        this.journal = requireNonNull(journal, "journal");
        this.clock = requireNonNull(clock, "clock");
        this.loop = requireNonNull(loop, "loop");
        this.targets = requireNonNull(targets, "targets");
        this.waiting = requireNonNull(waiting, "waiting");
    }

    /** Sets the treatment of the invocations of a function, by its ARN without a qualifier. */
    public void configure(String functionArn, AsyncSettings value) {
        settings.put(functionArn, requireNonNull(value, "value"));
    }

    /**
     * Accepts an event.
     *
     * @param function name or ARN, with or without qualifier
     * @param source the ARN of the topic, rule or schedule that invokes
     * @param id the event's id
     * @return a stage that fails with {@link InvokeRejectedException} if the function does not exist
     */
    public CompletionStage<Void> invoke(String function, String source, String id, byte[] payload) {
        if (!functions.has(function)) {
            return CompletableFuture.failedFuture(new InvokeRejectedException(
                    InvokeRejectedException.Reason.NOT_FOUND, "Function not found: " + function));
        }
        AsyncEvent event = new AsyncEvent(function, source, id, payload, clock.instant());
        Delivery delivery = new Delivery(RandomIds.uuid().toString(), event, 0, 0);
        waiting.save(delivery, event.accepted());
        loop.execute(() -> attempt(delivery));
        return CompletableFuture.completedFuture(null);
    }

    /** Continues the events of an earlier process, whose functions are registered and configured. */
    public void resume() {
        Instant now = clock.instant();
        waiting.load().forEach((delivery, due) -> {
            Duration wait = Duration.between(now, due);
            loop.schedule(wait.isNegative() ? Duration.ZERO : wait, () -> attempt(delivery));
        });
    }

    private AsyncSettings settings(AsyncEvent event) {
        return settings.getOrDefault(FunctionReference.unqualified(event.function()), AsyncSettings.DEFAULT);
    }

    private void attempt(Delivery delivery) {
        AsyncEvent event = delivery.event();
        Instant began = clock.instant();
        CompletionStage<?> unused = call(event)
                .whenComplete((invocation, failure) -> loop.execute(() -> ended(delivery, began, invocation, failure)));
    }

    private CompletionStage<Invocation> call(AsyncEvent event) {
        try {
            return functions.invoke(event.function(), event.payload());
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void ended(Delivery delivery, Instant began, @Nullable Invocation invocation, @Nullable Throwable failure) {
        Delivery next = invocation == null ? delivery.rejected() : delivery.invoked();
        journal(next, began, invocation, failure);
        if (invocation != null && !invocation.failed()) {
            processed(
                    next,
                    settings(next.event()).success().stream()
                            .map(arn -> tell(next, arn, "Success", invocation))
                            .toList());
        } else if (invocation != null) {
            retryOrGiveUp(next, invocation);
        } else {
            retryLater(next, SYSTEM_ERRORS.after(next.rejections(), random), null);
        }
    }

    /** Forgets an event once its destinations have been notified. */
    private void processed(Delivery delivery, List<CompletableFuture<Void>> messages) {
        CompletionStage<?> unused = CompletableFuture.allOf(messages.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> waiting.remove(delivery));
    }

    private void retryOrGiveUp(Delivery delivery, Invocation last) {
        if (delivery.invocations() > settings(delivery.event()).maxRetries()) {
            giveUp(delivery, "RetriesExhausted", last);
        } else {
            retryLater(delivery, RETRY.multipliedBy(delivery.invocations()), last);
        }
    }

    private void retryLater(Delivery delivery, Duration wait, @Nullable Invocation last) {
        Instant end =
                delivery.event().accepted().plus(settings(delivery.event()).maxAge());
        if (clock.instant().plus(wait).isAfter(end)) {
            giveUp(delivery, "EventAgeExceeded", last);
        } else {
            waiting.save(delivery, clock.instant().plus(wait));
            loop.schedule(wait, () -> attempt(delivery));
        }
    }

    private void giveUp(Delivery delivery, String condition, @Nullable Invocation last) {
        AsyncEvent event = delivery.event();
        LOG.warn("the event {} of {} is given up by {}: {}", event.id(), event.source(), event.function(), condition);
        List<CompletableFuture<Void>> messages = new ArrayList<>();
        settings(event).failure().ifPresent(arn -> messages.add(tell(delivery, arn, condition, last)));
        settings(event)
                .deadLetterTarget()
                .ifPresent(arn -> messages.add(send(
                        arn,
                        new String(event.payload(), StandardCharsets.UTF_8),
                        AsyncRecord.attributes(event, last))));
        processed(delivery, messages);
    }

    private CompletableFuture<Void> tell(Delivery delivery, String arn, String condition, @Nullable Invocation last) {
        return send(
                arn,
                AsyncRecord.of(delivery.event(), condition, delivery.invocations(), last, clock.instant()),
                AsyncRecord.none());
    }

    /** Sends a message; a failure is logged. */
    private CompletableFuture<Void> send(String arn, String body, ObjectNode attributes) {
        CompletionStage<?> sent;
        try {
            sent = targets.send(arn, body, attributes);
        } catch (RuntimeException failure) {
            sent = CompletableFuture.failedFuture(failure);
        }
        return sent.<Void>handle((done, failure) -> {
                    if (failure != null) {
                        LOG.warn(
                                "a message about an asynchronous invocation could not be sent to {}: {}",
                                arn,
                                Completions.unwrap(failure).getMessage());
                    }
                    return null;
                })
                .toCompletableFuture();
    }

    private void journal(
            Delivery delivery, Instant began, @Nullable Invocation invocation, @Nullable Throwable failure) {
        AsyncEvent event = delivery.event();
        AttemptResult result = new AttemptResult(
                outcome(invocation) == Outcome.SUCCEEDED ? 0 : 1,
                Math.max(1, delivery.invocations()),
                outcome(invocation),
                error(invocation, failure),
                Duration.between(began, clock.instant()).toNanos() / 1_000);
        journal.append(new JournalEvent.Invoked(
                event.source(),
                event.function(),
                invocation == null ? null : invocation.requestId(),
                List.of(event.id()),
                List.of(),
                BodyIds.in(new String(event.payload(), StandardCharsets.UTF_8)),
                result));
    }

    private static Outcome outcome(@Nullable Invocation invocation) {
        if (invocation == null) {
            return Outcome.NOT_INVOKED;
        }
        return invocation.failed() ? Outcome.FAILED : Outcome.SUCCEEDED;
    }

    private static @Nullable String error(@Nullable Invocation invocation, @Nullable Throwable failure) {
        if (failure != null) {
            return Completions.unwrap(failure).getMessage();
        }
        return invocation != null && invocation.failed()
                ? new String(invocation.payload(), StandardCharsets.UTF_8)
                : null;
    }

    @Override
    public void close() {
        loop.close();
    }
}
