package dev.ingestkit.cli.command.events;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.journal.RecordRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Selects one event's entries from the journal. The journal names records by shard and sequence number, so these are
 * collected first: from records whose partition key is the id, and from the table's item. Not thread-safe.
 */
final class EventHistory {

    private final String id;
    private final Set<Position> positions = new HashSet<>();

    /** The position of a record in the stream. */
    private record Position(String shard, SequenceNumber number) {}

    EventHistory(String id) {
        this.id = requireNonNull(id, "id");
    }

    /** Adds a record that carries, or carried, the event. */
    void addRecord(String shard, String sequenceNumber) {
        positions.add(new Position(shard, SequenceNumber.parse(sequenceNumber)));
    }

    /** Reads the journal, twice if entries precede the first one that names a record. */
    List<JournalEntry> read(ControlClient control) {
        control.journal(0, entry -> {
            if (entry.event() instanceof JournalEvent.Put put
                    && put.partitionKey().equals(id)) {
                addRecord(put.shardId(), put.sequenceNumber());
            }
            return true;
        });
        List<JournalEntry> history = new ArrayList<>();
        control.journal(0, entry -> {
            if (concerns(entry.event())) {
                history.add(entry);
            }
            return true;
        });
        return history;
    }

    private boolean concerns(JournalEvent event) {
        return switch (event.kind()) {
            case PUT -> {
                JournalEvent.Put put = (JournalEvent.Put) event;
                yield isAt(put.shardId(), put.sequenceNumber());
            }
            case ACCEPTED -> {
                JournalEvent.Accepted accepted = (JournalEvent.Accepted) event;
                yield accepted.shardId() != null
                        && accepted.sequenceNumber() != null
                        && isAt(accepted.shardId(), accepted.sequenceNumber());
            }
            case DELIVERED -> isIn(((JournalEvent.Delivered) event).range());
            case ATTEMPT -> isIn(((JournalEvent.Attempt) event).range());
            case DEAD_LETTER -> isIn(((JournalEvent.DeadLetter) event).range());
            case STORED -> ((JournalEvent.Stored) event).key().equals(id);
            case REJECTED, PARKED, FILTERED, EXPIRED, FAULT, FUNCTION, INVOKED -> false;
        };
    }

    private boolean isAt(String shard, String number) {
        return positions.contains(new Position(shard, SequenceNumber.parse(number)));
    }

    private boolean isIn(RecordRange range) {
        return positions.stream().anyMatch(position -> range.holds(position.shard(), position.number()));
    }
}
