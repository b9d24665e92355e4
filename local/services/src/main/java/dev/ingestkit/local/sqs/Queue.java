package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One queue's messages. Receivable messages wait in the order of arrival; hidden ones (delayed or in flight) in the
 * order of the time they reappear. Not thread-safe: {@link QueueRegistry} guards it.
 */
final class Queue {

    private static final int MAX_IN_FLIGHT = 120_000;

    final String name;
    final Arn arn;
    final long createdAt;
    final Map<String, String> tags = Collections.synchronizedMap(new LinkedHashMap<>());
    final Deque<PendingReceive> pendingReceives = new ArrayDeque<>();
    final Deduplication deduplication = new Deduplication();
    volatile QueueSettings settings;
    volatile long modifiedAt;
    long purgedAt = Long.MIN_VALUE;

    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final TreeMap<Long, Message> available = new TreeMap<>();
    private final TreeSet<Message> hidden =
            new TreeSet<>(Comparator.<Message>comparingLong(message -> message.hiddenUntil)
                    .thenComparingLong(message -> message.serial));
    private final Map<String, Integer> busyGroups = new HashMap<>();
    private int inFlight;

    Queue(String name, Arn arn, QueueSettings settings, long now) {
        this.name = requireNonNull(name, "name");
        this.arn = requireNonNull(arn, "arn");
        this.settings = requireNonNull(settings, "settings");
        this.createdAt = now;
        this.modifiedAt = now;
    }

    void add(Message message, long hiddenUntil, long now) {
        messages.put(message.serial, message);
        if (hiddenUntil > now) {
            message.hiddenUntil = hiddenUntil;
            hidden.add(message);
        } else {
            available.put(message.serial, message);
        }
    }

    /**
     * Makes messages whose hidden time has passed receivable again, and drops those whose retention period has passed.
     */
    void refresh(long now) {
        while (!hidden.isEmpty() && hidden.first().hiddenUntil <= now) {
            Message message = requireNonNull(hidden.pollFirst());
            clearInFlight(message);
            available.put(message.serial, message);
        }
        long retention = settings.number("MessageRetentionPeriod") * 1000;
        while (!messages.isEmpty() && messages.firstEntry().getValue().sentAt + retention <= now) {
            remove(messages.firstEntry().getValue());
        }
    }

    /**
     * Receives messages.
     *
     * @param maxReceives a message received this many times goes to {@code deadLetters} instead
     */
    List<Message> receive(int max, long hiddenUntil, long now, int maxReceives, Consumer<Message> deadLetters) {
        refresh(now);
        if (inFlight >= MAX_IN_FLIGHT) {
            throw SqsErrors.overLimit();
        }
        List<Message> received = new ArrayList<>(max);
        List<Message> exhausted = new ArrayList<>();
        Iterator<Message> next = available.values().iterator();
        while (received.size() < max && next.hasNext()) {
            Message message = next.next();
            if (isBlocked(message)) {
                continue;
            }
            (message.receiveCount - message.receivesBeforeMove >= maxReceives ? exhausted : received).add(message);
        }
        exhausted.forEach(message -> {
            remove(message);
            deadLetters.accept(message);
        });
        received.forEach(message -> take(message, hiddenUntil, now));
        return received;
    }

    /** In a FIFO queue a group waits while one of its messages is in flight. */
    private boolean isBlocked(Message message) {
        return settings.fifo() && message.groupId != null && busyGroups.containsKey(message.groupId);
    }

    private void take(Message message, long hiddenUntil, long now) {
        message.receiveCount++;
        message.lastReceivedAt = now;
        if (message.receiveCount == 1) {
            message.firstReceivedAt = now;
        }
        hide(message, hiddenUntil, now);
    }

    /** Hides a message for its consumer; a time that has passed makes it receivable at once. */
    void hide(Message message, long hiddenUntil, long now) {
        if (message.inFlight) {
            hidden.remove(message);
            clearInFlight(message);
        }
        available.remove(message.serial);
        if (hiddenUntil <= now) {
            available.put(message.serial, message);
            return;
        }
        message.hiddenUntil = hiddenUntil;
        message.inFlight = true;
        inFlight++;
        if (message.groupId != null) {
            busyGroups.merge(message.groupId, 1, Integer::sum);
        }
        hidden.add(message);
    }

    private void clearInFlight(Message message) {
        if (message.inFlight) {
            message.inFlight = false;
            inFlight--;
            if (message.groupId != null) {
                busyGroups.computeIfPresent(message.groupId, (group, busy) -> busy > 1 ? busy - 1 : null);
            }
        }
    }

    void remove(Message message) {
        messages.remove(message.serial);
        available.remove(message.serial);
        hidden.remove(message);
        clearInFlight(message);
    }

    Optional<Message> find(long serial) {
        return Optional.ofNullable(messages.get(serial));
    }

    /** Removes the oldest receivable message, to be moved to another queue. */
    Optional<Message> takeOldest(long now) {
        refresh(now);
        Optional<Message> oldest = Optional.ofNullable(available.firstEntry()).map(Map.Entry::getValue);
        oldest.ifPresent(this::remove);
        return oldest;
    }

    void purge() {
        messages.clear();
        available.clear();
        hidden.clear();
        busyGroups.clear();
        inFlight = 0;
    }

    int visible() {
        return available.size();
    }

    int inFlight() {
        return inFlight;
    }

    int delayed() {
        return hidden.size() - inFlight;
    }

    /** Returns the time at which the next hidden message reappears; empty if there is none. */
    Optional<Long> nextVisibleAt() {
        return hidden.isEmpty() ? Optional.empty() : Optional.of(hidden.first().hiddenUntil);
    }
}
