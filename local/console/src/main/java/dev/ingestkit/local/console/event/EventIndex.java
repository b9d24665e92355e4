package dev.ingestkit.local.console.event;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The latest events of a journal with their states. The journal names a stored item by its key, a batch by its range of
 * sequence numbers and a parked message by its invocation; this class relates them. An event's id is its partition key;
 * that of a queue's message, whose state {@link MessageIndex} keeps, is the first one in its body.
 * Holds a bounded number of events, of which the oldest is dropped first. Not thread-safe.
 */
final class EventIndex {

    /** An item's entry may follow that of the invocation that stored it. */
    private static final Duration LATE_STORE = Duration.ofSeconds(2);

    private static final int MAX_INVOCATIONS = 10_000;

    /** The bound on {@link Changes#unmatched}, as the console's list knows it. */
    static final int MAX_UNMATCHED = 2_000;

    private final int capacity;
    private final Observer observer;
    private final Deque<TrackedEvent> events = new ArrayDeque<>();
    private final Map<ShardKey, NavigableMap<SequenceNumber, TrackedEvent>> open = new HashMap<>();
    private final Map<String, Deque<TrackedEvent>> byId = new HashMap<>();
    private final Map<String, String> streams = new HashMap<>();
    private final Map<String, List<JournalEvent.Parked>> parkedBy = new LinkedHashMap<>();
    /** The numbers of events that invocations have stored. */
    private final Map<String, Integer> settled = new LinkedHashMap<>();

    private final RecentChanges changes = new RecentChanges();

    private final MessageIndex messages = new MessageIndex(new MessageIndex.Listener() {
        @Override
        public void added(TrackedEvent event) {
            add(event);
        }

        @Override
        public void changed(TrackedEvent event) {
            changes.add(event);
        }
    });

    private boolean storesById;
    private long dropped;

    /** Finds messages for an index, and receives its reports. */
    interface Observer {

        /** Returns the body of a message that a function has sent; empty if the queue no longer holds it. */
        Optional<String> message(JournalEvent.Parked parked);

        /** Reports a batch that is delivered, with the age of its newest record. */
        void delivered(Instant at, Duration age);

        /** Reports an event that has been stored. */
        void stored(Instant at, Duration sinceArrival);
    }

    EventIndex(int capacity, Observer observer) {
        this.capacity = capacity;
        this.observer = observer;
    }

    /** Takes the journal's next entry. */
    void take(JournalEntry entry) {
        JournalEvent event = entry.event();
        switch (event.kind()) {
            case PUT -> put(entry, (JournalEvent.Put) event);
            case REJECTED -> rejected(entry, (JournalEvent.Rejected) event);
            case DELIVERED -> delivered(entry, (JournalEvent.Delivered) event);
            case ATTEMPT -> attempt(entry, (JournalEvent.Attempt) event);
            case STORED -> stored(entry, (JournalEvent.Stored) event);
            case PARKED -> {
                parked((JournalEvent.Parked) event);
                messages.parked(entry, (JournalEvent.Parked) event);
            }
            case QUEUED -> messages.queued(entry, (JournalEvent.Queued) event);
            case DROPPED -> messages.dropped(entry, (JournalEvent.Dropped) event);
            case INVOKED -> messages.invoked(entry, (JournalEvent.Invoked) event);
            case DEAD_LETTER -> deadLetter(entry, (JournalEvent.DeadLetter) event);
            case FILTERED -> filtered(entry, (JournalEvent.Filtered) event);
            case EXPIRED -> expired(entry, (JournalEvent.Expired) event);
            case ACCEPTED, FAULT, FUNCTION -> {
                // accepted repeats put; the others concern no event
            }
        }
    }

    /** The events found, newest first, and the number of all that match. */
    record Page(List<TrackedEvent> events, int matched) {}

    Page search(EventQuery query, Predicate<TrackedEvent> condition) {
        List<TrackedEvent> found = new ArrayList<>();
        int matched = 0;
        Iterator<TrackedEvent> newestFirst = events.descendingIterator();
        while (newestFirst.hasNext()) {
            TrackedEvent event = newestFirst.next();
            if (condition.test(event)) {
                matched++;
                if (event.number < query.before() && found.size() < query.limit()) {
                    found.add(event);
                }
            }
        }
        return new Page(found, matched);
    }

    /**
     * The newest events that have changed: those that match, and those that may have matched before. Newest first.
     *
     * @param omitted the number of matching events that have arrived and are beyond the query's limit
     */
    record Changes(List<TrackedEvent> matching, int omitted, List<TrackedEvent> unmatched) {}

    Changes changed(long version, EventQuery query, Predicate<TrackedEvent> condition) {
        List<TrackedEvent> changed = changes.after(version).orElseGet(() -> scan(version));
        List<TrackedEvent> matching = changed.stream().filter(condition).toList();
        Set<TrackedEvent> found = new HashSet<>(matching);
        List<TrackedEvent> omitted = matching.subList(Math.min(matching.size(), query.limit()), matching.size());
        return new Changes(
                matching.subList(0, matching.size() - omitted.size()),
                (int) omitted.stream().filter(event -> event.number > version).count(),
                changed.stream()
                        .filter(event ->
                                query.mayHaveMatched(event) || (query.mayHaveLostBody(event) && !found.contains(event)))
                        .limit(MAX_UNMATCHED)
                        .toList());
    }

    private List<TrackedEvent> scan(long version) {
        List<TrackedEvent> found = new ArrayList<>();
        Iterator<TrackedEvent> newestFirst = events.descendingIterator();
        while (newestFirst.hasNext()) {
            TrackedEvent event = newestFirst.next();
            if (event.version() > version) {
                found.add(event);
            }
        }
        return found;
    }

    Optional<TrackedEvent> find(long number) {
        return events.stream().filter(event -> event.number == number).findFirst();
    }

    /** Returns the events whose records are in a range, oldest first. */
    Stream<TrackedEvent> in(RecordRange range) {
        return events.stream()
                .filter(event -> event.sequenceNumber != null && range.holds(event.shardId, event.sequenceNumber));
    }

    /** Returns the events of a queue's messages that are held, by the messages' ids. */
    Stream<TrackedEvent> messages(List<String> ids) {
        return messages.of(ids);
    }

    int size() {
        return events.size();
    }

    /** Returns the number of events that have been dropped. */
    long dropped() {
        return dropped;
    }

    /** Returns the number of events in flight. */
    int inFlight() {
        return messages.inFlight() + open.values().stream().mapToInt(Map::size).sum();
    }

    private void put(JournalEntry entry, JournalEvent.Put put) {
        TrackedEvent.Position position = new TrackedEvent.Position(
                Arn.nameIn(put.stream()), put.shardId(), SequenceNumber.parse(put.sequenceNumber()));
        TrackedEvent event = TrackedEvent.put(entry.number(), entry.at(), put.partitionKey(), position, put.bytes());
        shard(position.stream(), position.shardId()).put(position.number(), event);
        byId.computeIfAbsent(event.id, id -> new ArrayDeque<>(1)).addLast(event);
        add(event);
    }

    private void rejected(JournalEntry entry, JournalEvent.Rejected request) {
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        String reason = "HTTP %d %s".formatted(request.status(), request.reason());
        add(TrackedEvent.rejected(entry.number(), entry.at(), id, reason));
    }

    private void add(TrackedEvent event) {
        events.addLast(event);
        changes.add(event);
        while (events.size() > capacity) {
            TrackedEvent oldest = events.removeFirst();
            dropped++;
            if (oldest.sequenceNumber != null) {
                shard(oldest.stream, oldest.shardId).remove(oldest.sequenceNumber);
                byId.computeIfPresent(oldest.id, (id, same) -> same.remove(oldest) && same.isEmpty() ? null : same);
            } else if (oldest.message != null) {
                messages.dropped(oldest, oldest.message);
            }
        }
    }

    private void delivered(JournalEntry entry, JournalEvent.Delivered batch) {
        String stream = Arn.nameIn(batch.stream());
        streams.put(batch.mapping(), stream);
        String function = Arn.qualifiedNameIn(batch.function());
        List<TrackedEvent> records = inRange(stream, batch.range());
        for (TrackedEvent event : records) {
            event.attempt(entry.number(), function, batch.attempt());
            changes.add(event);
        }
        if (!records.isEmpty()) {
            observer.delivered(entry.at(), Duration.between(records.get(records.size() - 1).at, entry.at()));
        }
    }

    private void attempt(JournalEntry entry, JournalEvent.Attempt attempt) {
        List<TrackedEvent> batch = inRange(streamOf(attempt.mapping()), attempt.range());
        List<JournalEvent.Parked> parked = attempt.requestId() == null ? null : parkedBy.remove(attempt.requestId());
        if (attempt.result().outcome() != JournalEvent.Attempt.Outcome.SUCCEEDED) {
            for (TrackedEvent event : batch) {
                event.failed(entry.number(), attempt.result().error());
                changes.add(event);
            }
            return;
        }
        int left = attempt.range().records() - settled.getOrDefault(String.valueOf(attempt.requestId()), 0);
        for (TrackedEvent event : batch) {
            Optional<String> reason = parkedReason(parked, event);
            if (reason.isPresent()) {
                finish(entry, event, EventState.DEAD, reason.get());
                left--;
            }
        }
        // Lanes of a shard have ranges that overlap: the oldest records in the range are taken for the batch's.
        for (TrackedEvent event : batch) {
            if (event.isOpen() && left > 0) {
                left--;
                finish(entry, event, storesById ? EventState.UNCHANGED : EventState.PROCESSED, null);
            }
        }
    }

    /** Returns the reason why an event was parked; empty if no message names its sequence number. */
    private Optional<String> parkedReason(@Nullable List<JournalEvent.Parked> parked, TrackedEvent event) {
        if (parked == null) {
            return Optional.empty();
        }
        for (JournalEvent.Parked message : parked) {
            Optional<String> body = observer.message(message)
                    .filter(text -> text.contains('"' + String.valueOf(event.sequenceNumber) + '"'));
            if (body.isPresent()) {
                return Optional.of(ParkedReason.in(body.get()).orElse("sent to " + message.queue()));
            }
        }
        return Optional.empty();
    }

    /** Finishes the oldest delivered event of an id, since the versions of an event are stored in order. */
    private void stored(JournalEntry entry, JournalEvent.Stored item) {
        Deque<TrackedEvent> same = byId.get(item.key());
        if (same == null) {
            return;
        }
        storesById = true;
        for (TrackedEvent event : same) {
            if (event.isOpen() && event.isAttempted()) {
                finish(entry, event, EventState.STORED, null);
                settle(item.requestId());
                return;
            }
        }
        TrackedEvent last = same.getLast();
        Instant finished = last.finishedAt();
        boolean late = finished != null && finished.plus(LATE_STORE).isAfter(entry.at());
        // A dead letter may be given to the function again long after the event died.
        if (last.state() == EventState.DEAD || (late && last.state() != EventState.STORED)) {
            finish(entry, last, EventState.STORED, null);
        }
    }

    private void settle(@Nullable String requestId) {
        if (requestId != null) {
            settled.merge(requestId, 1, Integer::sum);
            trim(settled);
        }
    }

    private static void trim(Map<String, ?> invocations) {
        if (invocations.size() > MAX_INVOCATIONS) {
            Iterator<String> oldest = invocations.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void parked(JournalEvent.Parked parked) {
        if (parked.requestId() != null) {
            parkedBy.computeIfAbsent(parked.requestId(), id -> new ArrayList<>(1))
                    .add(parked);
            trim(parkedBy);
        }
    }

    private void deadLetter(JournalEntry entry, JournalEvent.DeadLetter batch) {
        List<TrackedEvent> inRange = inRange(Arn.nameIn(batch.stream()), batch.range());
        for (TrackedEvent event :
                inRange.subList(0, Math.min(inRange.size(), batch.range().records()))) {
            String error = event.reason();
            finish(entry, event, EventState.DEAD, error == null ? batch.condition() : batch.condition() + ": " + error);
        }
    }

    private void filtered(JournalEntry entry, JournalEvent.Filtered records) {
        NavigableMap<SequenceNumber, TrackedEvent> shard = shard(streamOf(records.mapping()), records.shardId());
        for (String number : records.sequenceNumbers()) {
            TrackedEvent event = shard.get(SequenceNumber.parse(number));
            if (event != null) {
                finish(entry, event, EventState.FILTERED, null);
            }
        }
    }

    private void expired(JournalEntry entry, JournalEvent.Expired records) {
        NavigableMap<SequenceNumber, TrackedEvent> shard = shard(Arn.nameIn(records.stream()), records.shardId());
        List.copyOf(shard.headMap(SequenceNumber.parse(records.lastSequenceNumber()), true)
                        .values())
                .forEach(event -> finish(entry, event, EventState.EXPIRED, null));
    }

    private void finish(JournalEntry entry, TrackedEvent event, EventState state, @Nullable String reason) {
        boolean redriven = event.state() == EventState.DEAD;
        event.finish(entry.number(), entry.at(), state, reason);
        changes.add(event);
        if (state == EventState.STORED && !redriven) {
            observer.stored(entry.at(), Duration.between(event.at, entry.at()));
        }
        if (event.sequenceNumber != null) {
            shard(event.stream, event.shardId).remove(event.sequenceNumber);
        }
    }

    private List<TrackedEvent> inRange(String stream, RecordRange range) {
        return range.isEmpty()
                ? List.of()
                : List.copyOf(shard(stream, range.shardId())
                        .subMap(range.first(), true, range.last(), true)
                        .values());
    }

    /** Returns the stream that a mapping reads; the journal may have dropped the entry that names it. */
    private String streamOf(String mapping) {
        return streams.getOrDefault(
                mapping, streams.isEmpty() ? "" : streams.values().iterator().next());
    }

    private NavigableMap<SequenceNumber, TrackedEvent> shard(String stream, String shardId) {
        return open.computeIfAbsent(new ShardKey(stream, shardId), key -> new TreeMap<>());
    }

    private record ShardKey(String stream, String shardId) {}
}
