package dev.ingestkit.testkit;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.RecordIndex;
import dev.ingestkit.local.journal.RecordRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The journal, read record by record. Thread-safe. */
final class EventHistory {

    private static final int PAGE = 10_000;

    private final Journal journal;
    private RecordIndex<RecordHistory> index = new RecordIndex<>();
    private final Map<String, RecordRange> partial = new HashMap<>();
    private final List<JournalEntry> writes = new ArrayList<>();
    private final List<RecordHistory> records = new ArrayList<>();
    private final Map<String, RecordHistory> latest = new HashMap<>();
    private long read;
    /** The last entry before the records that {@link #unfinished} knows. */
    private long closed;

    EventHistory(Journal journal) {
        this.journal = requireNonNull(journal, "journal");
    }

    /** Forgets all records, as the journal does when a stack is reset. */
    synchronized void clear() {
        index = new RecordIndex<>();
        partial.clear();
        writes.clear();
        records.clear();
        latest.clear();
        read = journal.last();
    }

    /** Returns the latest record with a partition key. */
    synchronized Optional<RecordHistory> record(String key) {
        refresh();
        return Optional.ofNullable(latest.get(key));
    }

    /** Returns the latest record that a predicate accepts. */
    synchronized Optional<RecordHistory> record(Predicate<PutEvent> which) {
        refresh();
        for (int at = records.size() - 1; at >= 0; at--) {
            if (which.test(records.get(at).event())) {
                return Optional.of(records.get(at));
            }
        }
        return Optional.empty();
    }

    /** Returns the items that functions have stored in tables under a key. */
    synchronized List<JournalEvent.Stored> stored(String key) {
        refresh();
        return writes.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Stored stored
                        && stored.key().equals(key))
                .map(entry -> (JournalEvent.Stored) entry.event())
                .toList();
    }

    /** Returns the messages that functions sent to queues in some invocations. */
    synchronized List<JournalEvent.Parked> parked(List<String> requests) {
        refresh();
        return writes.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Parked parked
                        && parked.requestId() != null
                        && requests.contains(parked.requestId()))
                .map(entry -> (JournalEvent.Parked) entry.event())
                .toList();
    }

    /** Returns the records of some streams that are not finished, without those from before the ledger was closed. */
    synchronized List<RecordHistory> unfinished(Set<String> streams) {
        refresh();
        return records.stream()
                .filter(record ->
                        record.end().isEmpty() && record.number() > closed && streams.contains(record.put().stream()))
                .toList();
    }

    /** Leaves the records that were put so far out of {@link #unfinished}. */
    synchronized void closeLedger() {
        closed = journal.last();
    }

    String describeUnfinished(Set<String> streams) {
        List<RecordHistory> open = unfinished(streams);
        return open.stream()
                .limit(10)
                .map(record -> "the event '%s' is not finished:%n%s"
                        .formatted(record.put().partitionKey(), EventStory.of(record)))
                .collect(Collectors.joining(
                        "\n",
                        open.size() == 1
                                ? "1 event was accepted and not finished\n"
                                : "%d events were accepted and not finished\n".formatted(open.size()),
                        ""));
    }

    private void refresh() {
        List<JournalEntry> page;
        do {
            page = journal.after(read, PAGE);
            page.forEach(this::take);
        } while (page.size() == PAGE);
    }

    private void take(JournalEntry entry) {
        read = entry.number();
        JournalEvent event = entry.event();
        switch (event.kind()) {
            case PUT -> put((JournalEvent.Put) event, entry);
            case DELIVERED -> delivered((JournalEvent.Delivered) event, entry);
            case ATTEMPT -> attempt((JournalEvent.Attempt) event, entry);
            case DEAD_LETTER -> deadLetter((JournalEvent.DeadLetter) event, entry);
            case FILTERED -> filtered((JournalEvent.Filtered) event, entry);
            case EXPIRED -> expired((JournalEvent.Expired) event, entry);
            case STORED, PARKED -> writes.add(entry);
            case ACCEPTED, REJECTED, QUEUED, DROPPED, FAULT, FUNCTION, INVOKED -> {
                // accepted repeats put; the others concern no record of a stream
            }
        }
    }

    private void put(JournalEvent.Put put, JournalEntry entry) {
        RecordHistory record = new RecordHistory(put, entry);
        records.add(record);
        latest.put(put.partitionKey(), record);
        index.add(put, record);
    }

    private void delivered(JournalEvent.Delivered delivered, JournalEntry entry) {
        String shard = index.shardOf(delivered);
        endBefore(delivered.mapping(), shard, delivered.range());
        index.in(shard, delivered.range()).forEach(record -> record.add(entry));
    }

    /** A batch that failed in part continues at its first failed record: the records before it are processed. */
    private void endBefore(String mapping, String shard, RecordRange next) {
        RecordRange before = partial.get(mapping + " " + next.shardId());
        if (before != null && !next.isEmpty() && before.holds(next.shardId(), next.first())) {
            partial.remove(mapping + " " + next.shardId());
            index.in(shard, before, next.first()).forEach(record -> record.end(RecordHistory.End.PROCESSED, null));
        }
    }

    private void attempt(JournalEvent.Attempt attempt, JournalEntry entry) {
        List<RecordHistory> batch = index.in(index.shardOf(attempt), attempt.range());
        batch.forEach(record -> record.add(entry));
        if (attempt.result().outcome() == Outcome.SUCCEEDED) {
            batch.forEach(record -> record.end(RecordHistory.End.PROCESSED, null));
        } else if (attempt.result().outcome() == Outcome.PARTIAL) {
            partial.put(attempt.mapping() + " " + attempt.range().shardId(), attempt.range());
        }
    }

    private void deadLetter(JournalEvent.DeadLetter deadLetter, JournalEntry entry) {
        endBefore(
                deadLetter.mapping(),
                RecordIndex.shard(deadLetter.stream(), deadLetter.range().shardId()),
                deadLetter.range());
        index.in(deadLetter)
                .forEach(record -> record.end(entry, RecordHistory.End.DEAD_LETTERED, deadLetter.condition()));
    }

    private void filtered(JournalEvent.Filtered filtered, JournalEntry entry) {
        index.in(filtered).forEach(record -> record.end(entry, RecordHistory.End.FILTERED, null));
    }

    private void expired(JournalEvent.Expired expired, JournalEntry entry) {
        index.in(expired).forEach(record -> record.end(entry, RecordHistory.End.EXPIRED, null));
    }
}
