package dev.ingestkit.local.console.event;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Selects the entries of one event from a journal: its record's, its batches', and those of their invocations. */
final class EventHistory {

    private static final int MAX_HALVES = 500;

    private final TrackedEvent event;
    private final @Nullable SequenceNumber number;
    private final Set<String> invocations = new HashSet<>();
    /** The invocations for the event's message alone: everything that they did, they did for it. */
    private final Set<String> alone = new HashSet<>();
    /** The batches that do not hold the event although their ranges include it. */
    private final Set<RecordRange> others = new HashSet<>();

    private final List<JournalEntry> entries = new ArrayList<>();

    private EventHistory(TrackedEvent event) {
        this.event = event;
        this.number = event.sequenceNumber;
    }

    /**
     * Selects the entries.
     *
     * @param journal all entries held, oldest first
     */
    static EventHistory of(TrackedEvent event, List<JournalEntry> journal) {
        EventHistory history = new EventHistory(event);
        // The entries of an invocation precede the attempt that names it.
        journal.forEach(history::findInvocation);
        history.keepThoseThatStored(journal);
        journal.stream().filter(history::concerns).forEach(history.entries::add);
        return history;
    }

    List<JournalEntry> entries() {
        return entries;
    }

    /** Returns the request ids of the invocations that received the event. */
    Set<String> invocations() {
        return invocations;
    }

    /** Returns the ids of the request that brought the event and of the invocations that received it. */
    Set<String> calls() {
        Set<String> calls = new HashSet<>(invocations);
        for (JournalEntry entry : entries) {
            if (entry.event() instanceof JournalEvent.Accepted accepted) {
                calls.add(accepted.requestId());
            } else if (entry.event() instanceof JournalEvent.Rejected rejected) {
                calls.add(rejected.requestId());
            }
        }
        return calls;
    }

    /** Returns the ids of the requests and invocations that details are of if they were recorded. */
    Set<String> detailed() {
        Set<String> calls = new HashSet<>();
        for (JournalEntry entry : entries) {
            if (entry.event() instanceof JournalEvent.Accepted accepted) {
                calls.add(accepted.requestId());
            } else if (entry.event() instanceof JournalEvent.Stored stored && stored.requestId() != null) {
                calls.add(stored.requestId());
            }
        }
        return calls;
    }

    /**
     * Returns the attempts of the batches that the event's largest failed batch was halved into, itself included and
     * oldest first: the halves without the event as well.
     *
     * @param journal all entries held
     */
    List<JournalEntry> halves(List<JournalEntry> journal) {
        Optional<RecordRange> widest = entries.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Attempt attempt
                        && attempt.result().outcome() != JournalEvent.Attempt.Outcome.SUCCEEDED)
                .map(entry -> ((JournalEvent.Attempt) entry.event()).range())
                .max(Comparator.comparingInt(RecordRange::records));
        return widest.isEmpty()
                ? List.of()
                : journal.stream()
                        .filter(entry -> entry.event() instanceof JournalEvent.Attempt attempt
                                && isWithin(attempt.range(), widest.get()))
                        .limit(MAX_HALVES)
                        .toList();
    }

    private static boolean isWithin(RecordRange part, RecordRange whole) {
        return !part.isEmpty() && whole.holds(part.shardId(), part.first()) && whole.holds(part.shardId(), part.last());
    }

    /** Returns the range of the batch that the event was delivered in last; empty if it was not delivered. */
    Optional<RecordRange> lastBatch() {
        return entries.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Delivered)
                .map(entry -> ((JournalEvent.Delivered) entry.event()).range())
                .reduce((first, second) -> second);
    }

    /**
     * Returns the keys of the items that the invocations of the event have written.
     *
     * @param journal all entries held
     */
    Set<String> stored(List<JournalEntry> journal) {
        Set<String> keys = new HashSet<>();
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof JournalEvent.Stored item && isOurs(item.requestId())) {
                keys.add(item.key());
            }
        }
        return keys;
    }

    /** Returns the ids of the messages of the batch that the event's message was delivered in last. */
    List<String> lastMessages() {
        return entries.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Invoked)
                .map(entry -> ((JournalEvent.Invoked) entry.event()).ids())
                .reduce((first, second) -> second)
                .orElse(List.of());
    }

    private void findInvocation(JournalEntry entry) {
        if (entry.event() instanceof JournalEvent.Invoked call && call.requestId() != null && isOurs(call)) {
            invocations.add(call.requestId());
            if (call.ids().size() == 1) {
                alone.add(call.requestId());
            }
        }
        if (entry.event() instanceof JournalEvent.Attempt attempt
                && attempt.requestId() != null
                && holds(attempt.range())) {
            invocations.add(attempt.requestId());
        }
    }

    /**
     * Drops successful invocations that did not store the event if another did: lanes of a shard have ranges that
     * overlap, so a range may hold the event without its batch doing so.
     */
    private void keepThoseThatStored(List<JournalEntry> journal) {
        Set<String> stored = new HashSet<>();
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof JournalEvent.Stored item && isStored(item)) {
                stored.add(String.valueOf(item.requestId()));
            }
        }
        if (stored.isEmpty()) {
            return;
        }
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof JournalEvent.Attempt attempt
                    && attempt.result().outcome() == JournalEvent.Attempt.Outcome.SUCCEEDED
                    && !stored.contains(String.valueOf(attempt.requestId()))
                    && holds(attempt.range())) {
                others.add(attempt.range());
                invocations.remove(String.valueOf(attempt.requestId()));
            }
        }
    }

    private boolean concerns(JournalEntry entry) {
        JournalEvent candidate = entry.event();
        return switch (candidate.kind()) {
            case ACCEPTED -> isAccepted((JournalEvent.Accepted) candidate);
            case PUT, REJECTED -> entry.number() == event.number;
            case DELIVERED ->
                isIn(((JournalEvent.Delivered) candidate).stream(), ((JournalEvent.Delivered) candidate).range());
            case ATTEMPT -> holds(((JournalEvent.Attempt) candidate).range());
            case STORED -> isStored((JournalEvent.Stored) candidate);
            case PARKED -> isParked((JournalEvent.Parked) candidate);
            case DEAD_LETTER ->
                isIn(((JournalEvent.DeadLetter) candidate).stream(), ((JournalEvent.DeadLetter) candidate).range());
            case FILTERED ->
                number != null
                        && ((JournalEvent.Filtered) candidate).sequenceNumbers().contains(number.toString());
            case QUEUED -> isMessage(((JournalEvent.Queued) candidate).messageId());
            case DROPPED -> isDropped(entry, (JournalEvent.Dropped) candidate);
            case INVOKED -> isOurs((JournalEvent.Invoked) candidate);
            case EXPIRED, FAULT, FUNCTION -> false;
        };
    }

    private boolean isParked(JournalEvent.Parked sent) {
        MessageOrigin message = event.message;
        return isMessage(sent.messageId())
                || (isOurs(sent.requestId())
                        && (message == null
                                || alone.contains(sent.requestId())
                                || sent.bodyIds().stream().anyMatch(message::isNamed)));
    }

    private boolean isMessage(String messageId) {
        return event.message != null && event.message.isQueue && event.message.messageId.equals(messageId);
    }

    private boolean isDropped(JournalEntry entry, JournalEvent.Dropped messages) {
        return event.message != null
                && event.message.isQueue
                && entry.number() > event.number
                && messages.holds(event.message.source, event.message.messageId);
    }

    private boolean isOurs(JournalEvent.Invoked call) {
        return event.message != null
                && call.ids().contains(event.message.messageId)
                && (event.message.isQueue
                        || event.message.key.equals(MessageOrigin.key(call.function(), event.message.messageId)));
    }

    private boolean isAccepted(JournalEvent.Accepted accepted) {
        return number != null
                && event.shardId.equals(accepted.shardId())
                && number.toString().equals(accepted.sequenceNumber());
    }

    private boolean isStored(JournalEvent.Stored stored) {
        return isOurs(stored.requestId())
                && (event.message == null
                        ? stored.key().equals(event.id)
                        : alone.contains(stored.requestId()) || event.message.isNamed(stored.key()));
    }

    private boolean isOurs(@Nullable String requestId) {
        return requestId != null && invocations.contains(requestId);
    }

    private boolean isIn(String stream, RecordRange range) {
        return event.stream.equals(Arn.nameIn(stream)) && holds(range);
    }

    private boolean holds(RecordRange range) {
        return number != null && !others.contains(range) && range.holds(event.shardId, number);
    }
}
