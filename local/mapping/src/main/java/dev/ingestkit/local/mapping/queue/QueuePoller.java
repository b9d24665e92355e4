package dev.ingestkit.local.mapping.queue;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.AttemptResult;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.mapping.EventLoop;
import dev.ingestkit.local.pattern.PatternFilter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Receives a queue's messages, gathers them into batches and invokes the function, from one resume to the next pause.
 * Messages that are not processed stay hidden until their visibility timeout ends; then the queue delivers them again,
 * or moves them to its dead letter queue. Runs on the mapping's event loop.
 */
final class QueuePoller {

    /** The number of concurrent batches if the mapping sets none: the number with which Lambda begins. */
    static final int DEFAULT_CONCURRENCY = 5;

    private static final Duration LONG_POLL = Duration.ofSeconds(20);
    private static final int PAYLOAD_LIMIT = 6 * 1024 * 1024;
    private static final int ENVELOPE = "{\"Records\":[]}".length();

    private final QueueMappingConfig config;
    private final QueueEnvironment environment;
    private final QueueMeter meter;
    private final PatternFilter filter;
    private final int concurrency;
    private final List<QueueMessage> gathered = new ArrayList<>();
    private final CompletableFuture<Void> paused = new CompletableFuture<>();
    private EventLoop.@Nullable Timer window;
    private boolean windowOver;
    private boolean running = true;
    private boolean receiving;
    private int inFlight;
    private int failures;
    private Instant notBefore = Instant.MIN;

    QueuePoller(QueueMappingConfig config, QueueEnvironment environment, QueueMeter meter) {
        this.config = config;
        this.environment = environment;
        this.meter = meter;
        this.filter = PatternFilter.compile(config.settings().filterPatterns(), "body");
        this.concurrency = config.settings().maximumConcurrency().orElse(DEFAULT_CONCURRENCY);
    }

    /** Starts what can start now: an invocation, a receive. */
    void drive() {
        if (!running) {
            settle();
            return;
        }
        while (inFlight < concurrency && ready()) {
            deliver(nextBatch());
        }
        if (!receiving
                && inFlight < concurrency
                && gathered.size() < config.settings().batchSize()) {
            receive();
        }
    }

    /** Starts no further call; the future completes when the invocations in flight have ended. */
    CompletableFuture<Void> pause() {
        running = false;
        stopWindow();
        release(List.copyOf(gathered));
        gathered.clear();
        settle();
        return paused;
    }

    private void settle() {
        if (inFlight == 0) {
            paused.complete(null);
        }
    }

    private boolean ready() {
        return !gathered.isEmpty()
                && (windowOver
                        || config.settings().windowSeconds() == 0
                        || gathered.size() >= config.settings().batchSize()
                        || size(gathered) >= PAYLOAD_LIMIT);
    }

    private static long size(List<QueueMessage> messages) {
        return ENVELOPE
                + messages.stream().mapToLong(message -> message.bytes() + 1L).sum();
    }

    /** Takes the messages of the next batch, as many as one invocation's payload holds. */
    private List<QueueMessage> nextBatch() {
        List<QueueMessage> batch = new ArrayList<>();
        long bytes = ENVELOPE;
        for (QueueMessage message : gathered) {
            bytes += message.bytes() + 1L;
            boolean full = batch.size() >= config.settings().batchSize() || bytes > PAYLOAD_LIMIT;
            if (full && !batch.isEmpty()) {
                break;
            }
            batch.add(message);
        }
        gathered.subList(0, batch.size()).clear();
        if (config.isFifo() && !gathered.isEmpty()) {
            // Delivered at the same time they could overtake the batch; the queue keeps the order of a group.
            release(List.copyOf(gathered));
            gathered.clear();
        }
        stopWindow();
        return batch;
    }

    private void stopWindow() {
        windowOver = false;
        if (window != null) {
            window.cancel();
            window = null;
        }
        if (running && !gathered.isEmpty()) {
            startWindow();
        }
    }

    private void startWindow() {
        window = environment.loop().schedule(config.settings().window(), () -> {
            windowOver = true;
            drive();
        });
    }

    private void receive() {
        Instant now = environment.clock().instant();
        receiving = true;
        if (now.isBefore(notBefore)) {
            environment.loop().schedule(Duration.between(now, notBefore), () -> {
                receiving = false;
                drive();
            });
            return;
        }
        int room = Math.min(QueueSource.MAX_MESSAGES, config.settings().batchSize() - gathered.size());
        CompletionStage<?> unused = call(() -> environment.source().receive(room, LONG_POLL))
                .whenComplete((messages, failure) -> environment.loop().execute(() -> received(messages, failure)));
    }

    private void received(@Nullable List<QueueMessage> messages, @Nullable Throwable failure) {
        receiving = false;
        if (messages == null) {
            meter.error("messages of %s could not be received: %s"
                    .formatted(config.queueArn(), failure == null ? "" : failure.getMessage()));
            backOff();
        } else if (running) {
            failures = 0;
            take(messages);
        } else {
            release(messages);
        }
        drive();
    }

    private void take(List<QueueMessage> messages) {
        List<QueueMessage> dropped = new ArrayList<>();
        boolean first = gathered.isEmpty();
        for (QueueMessage message : messages) {
            (filter.passes(message.record()) ? gathered : dropped).add(message);
        }
        if (!dropped.isEmpty()) {
            meter.filtered.addAndGet(dropped.size());
            List<String> ids = dropped.stream().map(QueueMessage::id).toList();
            environment
                    .journal()
                    .append(new JournalEvent.Dropped(
                            Arn.nameIn(config.queueArn()), JournalEvent.Dropped.Cause.FILTERED, ids));
            delete(dropped);
        }
        if (first && !gathered.isEmpty() && config.settings().windowSeconds() > 0) {
            startWindow();
        }
    }

    private void backOff() {
        failures++;
        notBefore = environment.clock().instant().plus(environment.failures().waitAfter(failures));
    }

    private void deliver(List<QueueMessage> batch) {
        inFlight++;
        meter.inFlight.incrementAndGet();
        Instant began = environment.clock().instant();
        CompletionStage<Invocation> call =
                call(() -> environment.functions().invoke(config.functionArn(), payload(batch)));
        CompletionStage<?> unused = call.whenComplete(
                (invocation, failure) -> environment.loop().execute(() -> invoked(batch, began, invocation, failure)));
    }

    private static byte[] payload(List<QueueMessage> batch) {
        StringBuilder json = new StringBuilder("{\"Records\":[");
        for (int index = 0; index < batch.size(); index++) {
            json.append(index == 0 ? "" : ",").append(batch.get(index).record());
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void invoked(
            List<QueueMessage> batch, Instant began, @Nullable Invocation invocation, @Nullable Throwable failure) {
        inFlight--;
        meter.inFlight.decrementAndGet();
        QueueAnswer answer = invocation != null
                ? QueueAnswer.of(invocation, batch, config.settings().reportBatchItemFailures())
                : QueueAnswer.of(failure == null ? new IllegalStateException("no answer") : failure);
        meter.ended(answer);
        if (invocation != null && !invocation.failed() && answer.error() != null) {
            // The invocation itself knows no failure: its answer tells of it, in a form that the mapping reads.
            environment
                    .journal()
                    .failures()
                    .add(invocation.requestId(), config.functionArn(), answer.error(), payload(batch));
        }
        Duration took = Duration.between(began, environment.clock().instant());
        environment
                .journal()
                .append(new JournalEvent.Invoked(
                        config.queueArn(),
                        config.functionArn(),
                        invocation == null ? null : invocation.requestId(),
                        batch.stream().map(QueueMessage::id).toList(),
                        failedIds(batch, answer),
                        List.of(),
                        new AttemptResult(
                                batch.size() - answer.processed().size(),
                                1,
                                answer.outcome(),
                                answer.error(),
                                took.toNanos() / 1_000)));
        delete(answer.processed());
        if (answer.outcome() == Outcome.NOT_INVOKED) {
            backOff();
        }
        drive();
    }

    private static List<String> failedIds(List<QueueMessage> batch, QueueAnswer answer) {
        if (answer.outcome() != Outcome.PARTIAL) {
            return List.of();
        }
        Set<String> processed =
                answer.processed().stream().map(QueueMessage::id).collect(Collectors.toSet());
        return batch.stream()
                .map(QueueMessage::id)
                .filter(id -> !processed.contains(id))
                .toList();
    }

    private void delete(List<QueueMessage> messages) {
        inParts(messages, environment.source()::delete, "deleted");
    }

    private void release(List<QueueMessage> messages) {
        inParts(messages, environment.source()::release, "released");
    }

    private void inParts(
            List<QueueMessage> messages, Function<List<QueueMessage>, CompletionStage<Void>> action, String done) {
        for (int from = 0; from < messages.size(); from += QueueSource.MAX_MESSAGES) {
            List<QueueMessage> part =
                    messages.subList(from, Math.min(messages.size(), from + QueueSource.MAX_MESSAGES));
            CompletionStage<?> unused = call(() -> action.apply(part)).whenComplete((nothing, failure) -> {
                if (failure != null) {
                    meter.error("messages of %s could not be %s, and will be delivered again: %s"
                            .formatted(config.queueArn(), done, failure.getMessage()));
                }
            });
        }
    }

    private static <T> CompletionStage<T> call(Supplier<? extends CompletionStage<T>> call) {
        try {
            return call.get().thenApply(value -> value);
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
