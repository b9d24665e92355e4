package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One queue's messages. Receivable messages wait in the order of arrival; hidden ones (delayed or in flight) in the
 * order of the time they reappear. Not thread-safe: {@link QueueRegistry} guards it.
 */
final class Queue {

    private static final int MAX_IN_FLIGHT = 120_000;
    /** Bounds a search that holds the registry's lock. */
    private static final int MAX_LOOK_BACK = 2_000;

    final String name;
    final Arn arn;
    final long createdAt;
    final Map<String, String> tags = Collections.synchronizedMap(new LinkedHashMap<>());
    final Deque<PendingReceive> pendingReceives = new ArrayDeque<>();
    final Deduplication deduplication;
    volatile QueueSettings settings;
    volatile long modifiedAt;
    long purgedAt = Long.MIN_VALUE;

    private final TreeMap<Long, Message> messages = new TreeMap<>();
    private final TreeMap<Long, Message> available = new TreeMap<>();
    private final TreeSet<Message> hidden =
            new TreeSet<>(Comparator.<Message>comparingLong(message -> message.hiddenUntil)
                    .thenComparingLong(message -> message.serial));
    /** A FIFO queue's messages by group, each group in the order of arrival. */
    private final Map<String, TreeMap<Long, Message>> groups = new HashMap<>();

    private final QueueStorage storage;
    private int inFlight;

    /** Returns the newest messages first, at most a number, whatever their visibility. */
    Stream<Message> newest(int max) {
        return messages.descendingMap().values().stream().limit(max);
    }

    /** Returns the body of a message that is among the newest; empty if it is not. */
    Optional<String> body(String messageId) {
        return newest(MAX_LOOK_BACK)
                .filter(message -> message.id.equals(messageId))
                .map(message -> message.content.body())
                .findFirst();
    }

    /** Returns the messages held by their serial numbers, whatever their visibility. */
    NavigableMap<Long, Message> held() {
        return Collections.unmodifiableNavigableMap(messages);
    }

    Queue(String name, Arn arn, QueueSettings settings, long now, QueueStorage storage) {
        this.name = requireNonNull(name, "name");
        this.arn = requireNonNull(arn, "arn");
        this.settings = requireNonNull(settings, "settings");
        this.storage = requireNonNull(storage, "storage");
        this.deduplication = new Deduplication(this, storage);
        this.createdAt = now;
        this.modifiedAt = now;
    }

    void add(Message message, long hiddenUntil, long now) {
        if (hiddenUntil > now) {
            message.hiddenUntil = hiddenUntil;
        }
        place(message, hiddenUntil > now);
        storage.added(this, message);
    }

    private void place(Message message, boolean hide) {
        messages.put(message.serial, message);
        if (settings.fifo() && message.groupId != null) {
            groups.computeIfAbsent(message.groupId, group -> new TreeMap<>()).put(message.serial, message);
        }
        if (hide) {
            hidden.add(message);
        } else {
            available.put(message.serial, message);
        }
    }

    /** Restores a message of an earlier process, whose hidden time may have passed meanwhile. */
    void restore(Message message, long now) {
        boolean hide = !message.released && message.hiddenUntil > now;
        message.inFlight = message.inFlight && hide;
        inFlight += message.inFlight ? 1 : 0;
        place(message, hide);
    }

    /**
     * Makes messages whose hidden time has passed receivable again, and drops those whose retention period has passed.
     *
     * @return the dropped messages' ids
     */
    List<String> refresh(long now) {
        while (!hidden.isEmpty() && hidden.first().hiddenUntil <= now) {
            Message message = requireNonNull(hidden.pollFirst());
            clearInFlight(message);
            available.put(message.serial, message);
        }
        long retention = settings.number("MessageRetentionPeriod") * 1000;
        List<String> expired = new ArrayList<>();
        while (!messages.isEmpty() && messages.firstEntry().getValue().sentAt + retention <= now) {
            Message message = messages.firstEntry().getValue();
            remove(message);
            expired.add(message.id);
        }
        return expired;
    }

    /**
     * Receives messages of a queue that was refreshed.
     *
     * @param maxReceives a message received this many times goes to {@code deadLetters} instead
     */
    List<Message> receive(int max, long hiddenUntil, long now, int maxReceives, Consumer<Message> deadLetters) {
        if (inFlight >= MAX_IN_FLIGHT) {
            throw SqsErrors.overLimit();
        }
        Selection selection = new Selection(max, maxReceives);
        select(selection);
        selection.exhausted.forEach(message -> {
            remove(message);
            deadLetters.accept(message);
        });
        selection.received.forEach(message -> take(message, hiddenUntil, now));
        return selection.received;
    }

    /** The messages that a receive takes, and those that have been received too often. */
    private static final class Selection {
        final List<Message> received = new ArrayList<>();
        final List<Message> exhausted = new ArrayList<>();
        private final int max;
        private final int maxReceives;

        Selection(int max, int maxReceives) {
            this.max = max;
            this.maxReceives = maxReceives;
        }

        boolean isFull() {
            return received.size() >= max;
        }

        void add(Message message) {
            (message.receiveCount - message.receivesBeforeMove >= maxReceives ? exhausted : received).add(message);
        }
    }

    /**
     * Selects receivable messages. A FIFO queue's come group by group, the group with the oldest receivable message
     * first: a group waits while its first message is in flight, and its messages end at the first one in flight, so
     * that none overtakes another.
     */
    private void select(Selection selection) {
        Set<String> seen = new HashSet<>();
        for (Message message : available.values()) {
            if (selection.isFull()) {
                return;
            }
            SortedMap<Long, Message> group = groupOf(message);
            if (group == null) {
                selection.add(message);
            } else if (seen.add(requireNonNull(message.groupId))) {
                selectFrom(group.values(), selection);
            }
        }
    }

    private void selectFrom(Collection<Message> group, Selection selection) {
        for (Message message : group) {
            if (selection.isFull() || !available.containsKey(message.serial)) {
                return;
            }
            selection.add(message);
        }
    }

    /** Returns the messages of a FIFO queue's group; null for a message that belongs to none. */
    private @Nullable SortedMap<Long, Message> groupOf(Message message) {
        return message.groupId == null ? null : groups.get(message.groupId);
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
        message.released = hiddenUntil <= now;
        if (message.released) {
            available.put(message.serial, message);
        } else {
            message.hiddenUntil = hiddenUntil;
            message.inFlight = true;
            inFlight++;
            hidden.add(message);
        }
        storage.changed(this, message);
    }

    /**
     * Returns whether a consumer may change the visibility of a message: while the message is in flight, and in a
     * standard queue also after its time has run out, unless another consumer has received it or it was given back.
     */
    boolean isChangeable(Message message, ReceiptHandle handle) {
        return message.inFlight ? message.receiveCount == handle.receive() : !settings.fifo() && !message.released;
    }

    private void clearInFlight(Message message) {
        if (message.inFlight) {
            message.inFlight = false;
            inFlight--;
        }
    }

    void remove(Message message) {
        storage.removed(this, message);
        messages.remove(message.serial);
        available.remove(message.serial);
        hidden.remove(message);
        clearInFlight(message);
        if (message.groupId != null) {
            groups.computeIfPresent(message.groupId, (group, members) -> {
                members.remove(message.serial);
                return members.isEmpty() ? null : members;
            });
        }
    }

    Optional<Message> find(long serial) {
        return Optional.ofNullable(messages.get(serial));
    }

    /** Removes the oldest receivable message of a queue that was refreshed, to be moved to another queue. */
    Optional<Message> takeOldest() {
        Optional<Message> oldest = Optional.ofNullable(available.firstEntry()).map(Map.Entry::getValue);
        oldest.ifPresent(this::remove);
        return oldest;
    }

    /** Removes all messages. A FIFO queue also forgets its deduplication ids. */
    void purge() {
        storage.purged(this);
        deduplication.clear();
        messages.clear();
        available.clear();
        hidden.clear();
        groups.clear();
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
