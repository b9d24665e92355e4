package dev.ingestkit.cli.capsule;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.JournalEvent.Attempt.Outcome;
import dev.ingestkit.local.journal.RecordIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failed invocations in a runtime's journal, with the records of Kinesis streams that they concern. Not thread-safe. */
final class FailureJournal {

    private final RecordIndex<JournalEntry> records = new RecordIndex<>();
    private final Map<String, String> streams = new HashMap<>();
    private final List<JournalEntry> failures = new ArrayList<>();

    /** A failed batch of a Kinesis stream: the entry of its last attempt, and those of its records. */
    record Batch(JournalEntry entry, List<JournalEntry> records) {

        JournalEvent.Attempt attempt() {
            return (JournalEvent.Attempt) entry.event();
        }

        private boolean isNamed(@Nullable String id) {
            return id == null
                    || records.stream()
                            .map(entry -> (JournalEvent.Put) entry.event())
                            .anyMatch(put -> put.partitionKey().equals(id)
                                    || put.sequenceNumber().equals(id));
        }
    }

    private FailureJournal() {}

    /** Reads a runtime's journal. */
    static FailureJournal of(ControlClient control) {
        FailureJournal journal = new FailureJournal();
        control.journal(0, entry -> {
            journal.take(entry);
            return true;
        });
        return journal;
    }

    private void take(JournalEntry entry) {
        JournalEvent event = entry.event();
        switch (event.kind()) {
            case PUT -> records.add((JournalEvent.Put) event, entry);
            case DELIVERED -> {
                JournalEvent.Delivered batch = (JournalEvent.Delivered) event;
                records.shardOf(batch);
                streams.put(batch.mapping(), batch.stream());
            }
            case ATTEMPT -> take(entry, ((JournalEvent.Attempt) event).result().outcome());
            case INVOKED -> take(entry, ((JournalEvent.Invoked) event).result().outcome());
            case ACCEPTED,
                    REJECTED,
                    QUEUED,
                    STORED,
                    PARKED,
                    DEAD_LETTER,
                    FILTERED,
                    EXPIRED,
                    DROPPED,
                    FAULT,
                    FUNCTION -> {
                // No other entry belongs in a capsule.
            }
        }
    }

    private void take(JournalEntry entry, Outcome outcome) {
        if (outcome == Outcome.FAILED || outcome == Outcome.PARTIAL) {
            failures.add(entry);
        }
    }

    /** Returns the last failed batch of a Kinesis stream with a record of a partition key or sequence number, or any. */
    Optional<Batch> lastBatch(@Nullable String id) {
        for (int index = failures.size() - 1; index >= 0; index--) {
            JournalEntry entry = failures.get(index);
            if (entry.event() instanceof JournalEvent.Attempt attempt) {
                Batch batch = new Batch(entry, records.in(records.shardOf(attempt), attempt.range()));
                if (!batch.records().isEmpty() && batch.isNamed(id)) {
                    return Optional.of(batch);
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the stream that a mapping reads; empty if the journal does not tell. */
    String stream(String mapping) {
        return streams.getOrDefault(mapping, "");
    }

    /** Returns whether an invocation for messages or events has failed: one with an id, or any. */
    boolean failed(@Nullable String id) {
        return failures.stream()
                .map(JournalEntry::event)
                .anyMatch(event -> id == null
                        || (event instanceof JournalEvent.Invoked invoked
                                && invoked.ids().contains(id)));
    }

    /** Returns the failed attempts for the records of an attempt, oldest first. */
    List<JournalEntry> attempts(JournalEvent.Attempt attempt) {
        return failures.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Attempt other
                        && other.mapping().equals(attempt.mapping())
                        && !other.range().isEmpty()
                        && attempt.range()
                                .holds(other.range().shardId(), other.range().first()))
                .toList();
    }

    /** Returns the failed attempts for what an invocation was for, oldest first; none if nothing but a caller invoked it. */
    List<JournalEntry> attempts(String requestId) {
        for (JournalEntry entry : failures) {
            if (entry.event() instanceof JournalEvent.Attempt attempt && requestId.equals(attempt.requestId())) {
                return attempts(attempt);
            }
            if (entry.event() instanceof JournalEvent.Invoked invoked && requestId.equals(invoked.requestId())) {
                return attempts(invoked);
            }
        }
        return List.of();
    }

    private List<JournalEntry> attempts(JournalEvent.Invoked invoked) {
        return failures.stream()
                .filter(entry -> entry.event() instanceof JournalEvent.Invoked other
                        && other.function().equals(invoked.function())
                        && !Collections.disjoint(other.ids(), invoked.ids()))
                .toList();
    }
}
