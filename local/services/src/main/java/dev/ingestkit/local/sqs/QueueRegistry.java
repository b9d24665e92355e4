package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.sqs.Waiter.Received;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One account's queues in one region and what can be done with their messages. Thread-safe: all methods are synchronized
 * and short; a receive that has to wait leaves a {@link Waiter} and returns.
 */
final class QueueRegistry {

    private static final long RECREATE_AFTER_MILLIS = 60_000;
    private static final int NO_REDRIVE = Integer.MAX_VALUE;

    private final String arnPrefix;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final Map<String, Queue> queues = new TreeMap<>();
    private final Map<String, Long> deletedAt = new HashMap<>();
    private long lastSerial;

    QueueRegistry(
            String region, String accountId, Clock clock, ScheduledExecutorService scheduler, RandomGenerator random) {
        this.arnPrefix = "arn:aws:sqs:" + region + ":" + accountId + ":";
        this.clock = requireNonNull(clock, "clock");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.random = requireNonNull(random, "random");
    }

    /**
     * What a producer is told.
     *
     * @param sequenceNumber in a FIFO queue only
     */
    record Accepted(String messageId, @Nullable String sequenceNumber) {
        Accepted {
            requireNonNull(messageId, "messageId");
        }
    }

    long now() {
        return clock.millis();
    }

    synchronized String newId() {
        return new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L)
                .toString();
    }

    synchronized Queue create(String name, QueueSettings settings, Map<String, String> tags) {
        Long deleted = deletedAt.get(name);
        if (deleted != null && now() - deleted < RECREATE_AFTER_MILLIS) {
            throw SqsErrors.queueDeletedRecently();
        }
        deletedAt.remove(name);
        Queue queue = new Queue(name, arnPrefix + name, settings, now());
        queue.tags.putAll(tags);
        queues.put(name, queue);
        return queue;
    }

    synchronized void delete(Queue queue) {
        queues.remove(queue.name);
        deletedAt.put(queue.name, now());
        queue.waiters.forEach(waiter -> waiter.response().completeExceptionally(SqsErrors.queueDoesNotExist()));
        queue.waiters.clear();
    }

    synchronized Optional<Queue> named(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    synchronized Optional<Queue> withArn(String arn) {
        return arn.startsWith(arnPrefix) ? named(arn.substring(arnPrefix.length())) : Optional.empty();
    }

    synchronized List<Queue> all() {
        return List.copyOf(queues.values());
    }

    /** The queues whose redrive policy names this one. */
    List<Queue> sourcesOf(Queue deadLetters) {
        return all().stream()
                .filter(queue -> target(queue).filter(deadLetters.arn::equals).isPresent())
                .toList();
    }

    private static Optional<String> target(Queue queue) {
        return queue.settings
                .document("RedrivePolicy")
                .map(policy -> policy.path("deadLetterTargetArn").asText());
    }

    synchronized Accepted send(
            Queue queue, MessageContent content, Message.Provenance from, @Nullable Long delaySeconds) {
        long now = now();
        queue.settle(now);
        String key = Fifo.deduplicationKey(queue.settings, from);
        if (key != null) {
            Optional<Accepted> before = queue.deduplication.recent(key, now);
            if (before.isPresent()) {
                return before.get();
            }
        }
        long serial = ++lastSerial;
        String sequenceNumber = queue.settings.fifo() ? Fifo.sequenceNumber(serial) : null;
        Message.Provenance placed =
                new Message.Provenance(from.groupId(), from.deduplicationId(), sequenceNumber, from.senderId());
        Message message = new Message(serial, newId(), content, now, placed);
        long delay = delaySeconds != null ? delaySeconds : queue.settings.number("DelaySeconds");
        queue.add(message, now + delay * 1000, now);
        Accepted accepted = new Accepted(message.id, sequenceNumber);
        if (key != null) {
            queue.deduplication.remember(key, accepted, now);
        }
        serve(queue);
        return accepted;
    }

    /** Ends at once with what is there, or later with what comes within the time. */
    synchronized CompletableFuture<List<Received>> receive(
            Queue queue, int max, long visibilityMillis, long waitMillis) {
        List<Received> received = take(queue, max, visibilityMillis);
        if (!received.isEmpty() || waitMillis == 0) {
            return CompletableFuture.completedFuture(received);
        }
        Waiter waiter = new Waiter(max, visibilityMillis, now() + waitMillis, new CompletableFuture<>());
        queue.waiters.add(waiter);
        wakeAt(queue, waitMillis);
        queue.nextReturn().ifPresent(at -> wakeAt(queue, at - now()));
        return waiter.response();
    }

    private List<Received> take(Queue queue, int max, long visibilityMillis) {
        long now = now();
        JsonNode policy = queue.settings.document("RedrivePolicy").orElse(null);
        Optional<Queue> deadLetters = policy == null
                ? Optional.empty()
                : withArn(policy.path("deadLetterTargetArn").asText());
        int maxReceives = policy != null && deadLetters.isPresent()
                ? policy.path("maxReceiveCount").asInt()
                : NO_REDRIVE;
        List<Received> received = new ArrayList<>(max);
        for (Message message : queue.receive(
                max,
                now + visibilityMillis,
                now,
                maxReceives,
                exhausted -> deadLetters.ifPresent(target -> moveToDeadLetters(exhausted, queue, target, now)))) {
            String handle = new ReceiptHandle(queue.arn, message.serial, message.receiveCount).encode();
            received.add(new Received(message, handle, message.receiveCount, message.firstReceivedAt));
        }
        return received;
    }

    /** The message keeps its id and, so that its age goes on counting, the time it was first sent. */
    private void moveToDeadLetters(Message message, Queue source, Queue target, long now) {
        Message moved = new Message(
                ++lastSerial,
                message.id,
                message.content,
                message.sentAt,
                new Message.Provenance(
                        message.groupId, message.deduplicationId, message.sequenceNumber, message.senderId));
        moved.receiveCount = message.receiveCount;
        moved.receivesElsewhere = message.receiveCount;
        moved.firstReceivedAt = message.firstReceivedAt;
        moved.deadLetterSourceArn = source.arn;
        target.add(moved, now, now);
        serve(target);
    }

    /** Moves the oldest free message as a new one, as a redrive does. Empty when there is none. */
    synchronized Optional<Boolean> moveOldest(Queue from, Optional<Queue> to) {
        Optional<Message> oldest = from.takeOldest(now());
        return oldest.map(message -> {
            Optional<Queue> target = to.isPresent()
                    ? to
                    : Optional.ofNullable(message.deadLetterSourceArn).flatMap(this::withArn);
            if (target.isEmpty()) {
                from.add(message, now(), now());
                return false;
            }
            String sequence = target.get().settings.fifo() ? Fifo.sequenceNumber(lastSerial + 1) : null;
            Message moved = new Message(
                    ++lastSerial,
                    newId(),
                    message.content,
                    now(),
                    new Message.Provenance(message.groupId, message.deduplicationId, sequence, message.senderId));
            target.get().add(moved, now(), now());
            serve(target.get());
            return true;
        });
    }

    /** Without effect when the message is gone, or has been received again since. */
    synchronized void deleteMessage(Queue queue, ReceiptHandle handle) {
        queue.settle(now());
        Optional<Message> message = queue.find(handle.serial());
        boolean latest =
                message.filter(found -> found.receiveCount == handle.receive()).isPresent();
        if (queue.settings.fifo() && message.isPresent() && (!latest || !message.get().inFlight)) {
            throw SqsErrors.invalidValue("ReceiptHandle", handle.encode(), "The receipt handle has expired.");
        }
        if (latest) {
            queue.remove(message.orElseThrow());
            serve(queue);
        }
    }

    synchronized void changeVisibility(Queue queue, ReceiptHandle handle, long seconds) {
        long now = now();
        queue.settle(now);
        Message message = queue.find(handle.serial())
                .orElseThrow(() -> SqsErrors.invalidValue(
                        "ReceiptHandle",
                        handle.encode(),
                        "Message does not exist or is not available for visibility timeout change."));
        if (!message.inFlight || message.receiveCount != handle.receive()) {
            throw SqsErrors.notInFlight();
        }
        if (now + seconds * 1000 > message.lastReceivedAt + 43_200_000) {
            throw SqsErrors.invalidValue(
                    "VisibilityTimeout",
                    Long.toString(seconds),
                    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
        }
        queue.hide(message, now + seconds * 1000, now);
        serve(queue);
    }

    synchronized void purge(Queue queue) {
        long now = now();
        if (queue.purgedAt != Long.MIN_VALUE && now - queue.purgedAt < 60_000) {
            throw SqsErrors.purgeInProgress(queue.name);
        }
        queue.purgedAt = now;
        queue.purge();
    }

    synchronized QueueCounts counts(Queue queue) {
        queue.settle(now());
        return new QueueCounts(queue.name, queue.arn, queue.visible(), queue.inFlight(), queue.delayed());
    }

    /** Gives waiters what there is, longest waiting first, and lets go those whose time is up. */
    private void serve(Queue queue) {
        // A copy, since a message that goes on to a dead letter queue may serve waiters there, and come back here.
        for (Waiter waiter : List.copyOf(queue.waiters)) {
            boolean gone = waiter.response().isDone() || !queue.waiters.contains(waiter);
            List<Received> received = gone ? List.of() : take(queue, waiter.max(), waiter.visibilityMillis());
            if (gone || !received.isEmpty() || waiter.until() <= now()) {
                queue.waiters.remove(waiter);
                // Elsewhere, since what follows (writing the answer) must not run under this lock.
                scheduler.execute(() -> waiter.response().complete(received));
            }
        }
        if (!queue.waiters.isEmpty()) {
            queue.nextReturn().ifPresent(at -> wakeAt(queue, at - now()));
        }
    }

    private synchronized void wake(Queue queue) {
        serve(queue);
    }

    private void wakeAt(Queue queue, long inMillis) {
        var unused = scheduler.schedule(() -> wake(queue), Math.max(inMillis, 1), TimeUnit.MILLISECONDS);
    }

    /** Serves all who wait, after a clock was moved by hand. */
    void wakeAll() {
        Collection<Queue> all = all();
        all.forEach(this::wake);
    }

    synchronized void releaseWaiters() {
        for (Queue queue : queues.values()) {
            queue.waiters.forEach(waiter -> waiter.response().complete(List.of()));
            queue.waiters.clear();
        }
    }
}
