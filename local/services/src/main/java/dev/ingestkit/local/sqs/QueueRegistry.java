package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent.Dropped;
import dev.ingestkit.local.sqs.PendingReceive.Received;
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
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One account's queues in one region and the operations on their messages. Thread-safe: all methods are synchronized
 * and short; a receive that has to wait registers a {@link PendingReceive} and returns.
 */
final class QueueRegistry {

    private static final long RECREATE_AFTER_MILLIS = 60_000;
    /** Bounds an entry of the journal. */
    private static final int MAX_ENTRY_IDS = 100;

    private static final int UNLIMITED_RECEIVES = Integer.MAX_VALUE;

    private final String region;
    private final String accountId;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final RandomGenerator random;
    private final Journal journal;
    private final Map<String, Queue> queues = new TreeMap<>();
    private final Map<String, Long> deletedAt = new HashMap<>();
    private final QueueStorage storage;
    private long lastSerial;

    QueueRegistry(
            String region,
            String accountId,
            Clock clock,
            ScheduledExecutorService scheduler,
            RandomGenerator random,
            Journal journal,
            QueueStorage storage) {
        this.region = requireNonNull(region, "region");
        this.accountId = requireNonNull(accountId, "accountId");
        this.clock = requireNonNull(clock, "clock");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        this.random = requireNonNull(random, "random");
        this.journal = requireNonNull(journal, "journal");
        this.storage = requireNonNull(storage, "storage");
        this.lastSerial = storage.lastSerial();
        this.deletedAt.putAll(storage.deletions());
        storage.load(now()).forEach(queue -> queues.put(queue.name, queue));
    }

    /** Keeps the definitions that a call has changed. */
    synchronized void save() {
        queues.values().forEach(storage::queue);
        storage.commit();
    }

    /**
     * The identity of a stored message, as its producer learns it.
     *
     * @param sequenceNumber null unless the queue is FIFO
     */
    record Accepted(String messageId, @Nullable String sequenceNumber) {
        Accepted {
            requireNonNull(messageId, "messageId");
        }
    }

    Arn arnOf(String name) {
        return new Arn("aws", "sqs", region, accountId, name);
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
        Queue queue = new Queue(name, arnOf(name), settings, now(), storage);
        queue.tags.putAll(tags);
        queues.put(name, queue);
        storage.queue(queue);
        storage.commit();
        return queue;
    }

    synchronized void delete(Queue queue) {
        queues.remove(queue.name);
        journal.append(new Dropped(queue.name, Dropped.Cause.PURGED, List.of()));
        deletedAt.put(queue.name, now());
        storage.deleted(queue, now());
        storage.commit();
        queue.pendingReceives.forEach(
                pending -> pending.response().completeExceptionally(SqsErrors.queueDoesNotExist()));
        queue.pendingReceives.clear();
    }

    synchronized Optional<Queue> named(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    synchronized Optional<Queue> withArn(Arn arn) {
        return named(arn.resource()).filter(queue -> queue.arn.equals(arn));
    }

    synchronized List<Queue> all() {
        return List.copyOf(queues.values());
    }

    /** Returns the queues whose redrive policy names this one. */
    List<Queue> sourcesOf(Queue deadLetters) {
        return all().stream()
                .filter(queue -> RedrivePolicy.of(queue.settings)
                        .filter(policy -> policy.target().equals(deadLetters.arn))
                        .isPresent())
                .toList();
    }

    /** Sends a message; {@code arrival} learns of it before anyone can receive it. */
    synchronized Accepted send(
            Queue queue, MessageContent content, Message.Provenance from, @Nullable Long delay, Arrival arrival) {
        long now = now();
        refresh(queue, now);
        String key = Fifo.deduplicationKey(queue.settings, from);
        Optional<Accepted> before = key == null ? Optional.empty() : queue.deduplication.recent(key, now);
        if (before.isPresent()) {
            arrival.arrived(before.get().messageId(), true);
            return before.get();
        }
        long serial = nextSerial();
        String sequenceNumber = queue.settings.fifo() ? Fifo.sequenceNumber(serial) : null;
        Message.Provenance placed =
                new Message.Provenance(from.groupId(), from.deduplicationId(), sequenceNumber, from.senderId());
        Message message = new Message(serial, newId(), content, now, placed);
        arrival.arrived(message.id, false);
        long seconds = delay != null ? delay : queue.settings.number("DelaySeconds");
        queue.add(message, now + seconds * 1000, now);
        Accepted accepted = new Accepted(message.id, sequenceNumber);
        if (key != null) {
            queue.deduplication.remember(key, accepted, now);
        }
        servePending(queue);
        storage.commit();
        return accepted;
    }

    private void refresh(Queue queue, long now) {
        List<String> expired = queue.refresh(now);
        for (int from = 0; from < expired.size(); from += MAX_ENTRY_IDS) {
            List<String> part = expired.subList(from, Math.min(expired.size(), from + MAX_ENTRY_IDS));
            journal.append(new Dropped(queue.name, Dropped.Cause.EXPIRED, List.copyOf(part)));
        }
    }

    private long nextSerial() {
        storage.serial(++lastSerial);
        return lastSerial;
    }

    /** Receives messages: completes at once with available ones, or later with those that arrive within the time. */
    synchronized CompletableFuture<List<Received>> receive(
            Queue queue, int max, long visibilityMillis, long waitMillis) {
        List<Received> received = take(queue, max, visibilityMillis);
        storage.commit();
        if (!received.isEmpty() || waitMillis == 0) {
            return CompletableFuture.completedFuture(received);
        }
        PendingReceive pending =
                new PendingReceive(max, visibilityMillis, now() + waitMillis, new CompletableFuture<>());
        queue.pendingReceives.add(pending);
        wakeAt(queue, waitMillis);
        queue.nextVisibleAt().ifPresent(at -> wakeAt(queue, at - now()));
        return pending.response();
    }

    private List<Received> take(Queue queue, int max, long visibilityMillis) {
        long now = now();
        Optional<RedrivePolicy> policy = RedrivePolicy.of(queue.settings);
        Optional<Queue> deadLetters = policy.map(RedrivePolicy::target).flatMap(this::withArn);
        int maxReceives = deadLetters.isPresent()
                ? policy.map(RedrivePolicy::maxReceiveCount).orElse(UNLIMITED_RECEIVES)
                : UNLIMITED_RECEIVES;
        List<Received> received = new ArrayList<>(max);
        refresh(queue, now);
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

    /** Moves an exhausted message. It keeps its id and its first sent time, so that its age continues. */
    private void moveToDeadLetters(Message message, Queue source, Queue target, long now) {
        Message moved = message.moved(nextSerial(), source.arn);
        journal.append(moved.arrival(target.name, source.name));
        target.add(moved, now, now);
        servePending(target);
    }

    /**
     * Moves the oldest receivable message of a task's source as a new one, as a redrive does, and counts it in the same
     * change. Empty if there is none; false if it has no target.
     */
    synchronized Optional<Boolean> moveOldest(MoveTask task, Optional<Queue> to) {
        Queue from = task.source;
        refresh(from, now());
        Optional<Boolean> moved = from.takeOldest().map(message -> {
            Optional<Queue> target = to.isPresent()
                    ? to
                    : Optional.ofNullable(message.deadLetterSource).flatMap(this::withArn);
            if (target.isEmpty()) {
                from.add(message, now(), now());
                return false;
            }
            String sequence = target.get().settings.fifo() ? Fifo.sequenceNumber(lastSerial + 1) : null;
            Message copy = new Message(
                    nextSerial(),
                    newId(),
                    message.content,
                    now(),
                    new Message.Provenance(message.groupId, message.deduplicationId, sequence, message.senderId));
            journal.append(copy.arrival(target.get().name, null));
            target.get().add(copy, now(), now());
            servePending(target.get());
            task.moved++;
            storage.moveTask(task);
            return true;
        });
        storage.commit();
        return moved;
    }

    /** Makes a change of the storage that concerns no message. */
    synchronized void keep(Consumer<QueueStorage> change) {
        change.accept(storage);
        storage.commit();
    }

    /** Deletes a message. Has no effect if it is gone or has been received again since. */
    synchronized void deleteMessage(Queue queue, ReceiptHandle handle) {
        refresh(queue, now());
        Optional<Message> message = queue.find(handle.serial());
        boolean latest =
                message.filter(found -> found.receiveCount == handle.receive()).isPresent();
        if (queue.settings.fifo() && message.isPresent() && (!latest || !message.get().inFlight)) {
            throw SqsErrors.invalidValue("ReceiptHandle", handle.encode(), "The receipt handle has expired.");
        }
        if (latest) {
            queue.remove(message.orElseThrow());
            servePending(queue);
        }
        storage.commit();
    }

    synchronized void changeVisibility(Queue queue, ReceiptHandle handle, long seconds) {
        long now = now();
        refresh(queue, now);
        Message message = queue.find(handle.serial())
                .orElseThrow(() -> SqsErrors.invalidValue(
                        "ReceiptHandle",
                        handle.encode(),
                        "Message does not exist or is not available for visibility timeout change."));
        if (!queue.isChangeable(message, handle)) {
            throw SqsErrors.notInFlight();
        }
        if (now + seconds * 1000 > message.lastReceivedAt + 43_200_000) {
            throw SqsErrors.invalidValue(
                    "VisibilityTimeout",
                    Long.toString(seconds),
                    "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
        }
        queue.hide(message, now + seconds * 1000, now);
        servePending(queue);
        storage.commit();
    }

    synchronized void purge(Queue queue) {
        long now = now();
        if (queue.purgedAt != Long.MIN_VALUE && now - queue.purgedAt < 60_000) {
            throw SqsErrors.purgeInProgress(queue.name);
        }
        queue.purgedAt = now;
        journal.append(new Dropped(queue.name, Dropped.Cause.PURGED, List.of()));
        queue.purge();
        storage.queue(queue);
        storage.commit();
    }

    /** Returns the messages of a queue after one, oldest first, without receiving them. */
    synchronized List<HeldMessage> held(Queue queue, long after, int limit) {
        long now = now();
        refresh(queue, now);
        return queue.held().tailMap(after, false).values().stream()
                .limit(limit)
                .map(message -> HeldMessage.of(message, now))
                .toList();
    }

    /** Deletes a message, whatever its visibility; false if the queue does not hold it. */
    synchronized boolean delete(Queue queue, String messageId) {
        Optional<Message> found = queue.held().values().stream()
                .filter(message -> message.id.equals(messageId))
                .findFirst();
        found.ifPresent(queue::remove);
        storage.commit();
        return found.isPresent();
    }

    /** Returns the body of a message that is among the newest of a queue; empty if it is not. */
    synchronized Optional<String> body(Queue queue, String messageId) {
        return queue.body(messageId);
    }

    /** Returns the bodies of messages by their ids, at most a number of the newest of each queue. */
    synchronized Map<String, String> bodies(int ofQueue) {
        Map<String, String> bodies = new HashMap<>();
        queues.values().forEach(queue -> queue.newest(ofQueue).forEach(one -> bodies.put(one.id, one.content.body())));
        return bodies;
    }

    synchronized MessageCounts counts(Queue queue) {
        refresh(queue, now());
        storage.commit();
        return new MessageCounts(queue.name, queue.arn, queue.visible(), queue.inFlight(), queue.delayed());
    }

    /**
     * Completes pending receives with available messages, longest waiting first, and those whose wait is over without
     * any.
     */
    private void servePending(Queue queue) {
        // A copy, since a message moved to a dead letter queue may serve receives there and re-enter this method.
        for (PendingReceive pending : List.copyOf(queue.pendingReceives)) {
            boolean gone = pending.response().isDone() || !queue.pendingReceives.contains(pending);
            List<Received> received = gone ? List.of() : take(queue, pending.max(), pending.visibilityMillis());
            if (gone || !received.isEmpty() || pending.until() <= now()) {
                queue.pendingReceives.remove(pending);
                // On another thread, since writing the response must not run under this lock.
                scheduler.execute(() -> pending.response().complete(received));
            }
        }
        if (!queue.pendingReceives.isEmpty()) {
            queue.nextVisibleAt().ifPresent(at -> wakeAt(queue, at - now()));
        }
    }

    private synchronized void wake(Queue queue) {
        servePending(queue);
        storage.commit();
    }

    private void wakeAt(Queue queue, long inMillis) {
        var unused = scheduler.schedule(() -> wake(queue), Math.max(inMillis, 1), TimeUnit.MILLISECONDS);
    }

    /** Serves all pending receives, after the clock was moved by hand. */
    void wakeAll() {
        Collection<Queue> all = all();
        all.forEach(this::wake);
    }

    synchronized void releasePending() {
        for (Queue queue : queues.values()) {
            queue.pendingReceives.forEach(pending -> pending.response().complete(List.of()));
            queue.pendingReceives.clear();
        }
    }
}
