package dev.ingestkit.testkit;

import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The course of one record, as the journal has it. Guarded by its history. */
final class RecordHistory {

    /** The ways in which a record is finished. */
    enum End {
        PROCESSED,
        DEAD_LETTERED,
        FILTERED,
        EXPIRED
    }

    private final JournalEvent.Put put;
    private final List<JournalEntry> entries = new ArrayList<>();
    private int deliveries;
    private @Nullable End end;
    private @Nullable String condition;

    RecordHistory(JournalEvent.Put put, JournalEntry entry) {
        this.put = put;
        entries.add(entry);
    }

    JournalEvent.Put put() {
        return put;
    }

    /** Returns the number of the entry with which the record was put. */
    long number() {
        return entries.get(0).number();
    }

    /** Returns the record as a test knows it. */
    PutEvent event() {
        return new PutEvent(put.stream(), put.partitionKey(), put.shardId(), put.sequenceNumber());
    }

    void add(JournalEntry entry) {
        entries.add(entry);
        if (entry.event() instanceof JournalEvent.Delivered) {
            deliveries++;
        }
    }

    /** Adds the entry with which the record ends. */
    void end(JournalEntry entry, End kind, @Nullable String reason) {
        add(entry);
        end(kind, reason);
    }

    void end(End kind, @Nullable String reason) {
        if (end == null) {
            end = kind;
            condition = reason;
        }
    }

    Optional<End> end() {
        return Optional.ofNullable(end);
    }

    /** Returns the condition under which the mapping gave the record up; empty unless it did. */
    Optional<String> condition() {
        return Optional.ofNullable(condition);
    }

    int deliveries() {
        return deliveries;
    }

    /** Returns the ids of the invocations that received the record. */
    List<String> requests() {
        List<String> ids = new ArrayList<>();
        for (JournalEntry entry : entries) {
            if (entry.event() instanceof JournalEvent.Attempt attempt && attempt.requestId() != null) {
                ids.add(attempt.requestId());
            }
        }
        return ids;
    }

    List<JournalEntry> entries() {
        return List.copyOf(entries);
    }
}
