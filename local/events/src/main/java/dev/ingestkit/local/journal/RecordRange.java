package dev.ingestkit.local.journal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ingestkit.local.events.SequenceNumber;

/**
 * The records of a shard that a batch holds, from the first to the last. Immutable.
 *
 * @param firstSequenceNumber the first record's, empty for a batch without records, which ends a tumbling window
 * @param lastSequenceNumber the last record's, empty as the first is
 */
public record RecordRange(String shardId, String firstSequenceNumber, String lastSequenceNumber, int records) {

    /** Returns the range of a batch without records. */
    public static RecordRange empty(String shardId) {
        return new RecordRange(shardId, "", "", 0);
    }

    /** Returns the range between two records, both included. */
    public static RecordRange of(String shardId, SequenceNumber first, SequenceNumber last, int records) {
        return new RecordRange(shardId, first.toString(), last.toString(), records);
    }

    /** Returns whether the range holds no record: its batch only ends a tumbling window. */
    @JsonIgnore
    public boolean isEmpty() {
        return records == 0;
    }

    /** Returns the first record's number; callers ask only if there is one. */
    public SequenceNumber first() {
        return SequenceNumber.parse(firstSequenceNumber);
    }

    /** Returns the last record's number; callers ask only if there is one. */
    public SequenceNumber last() {
        return SequenceNumber.parse(lastSequenceNumber);
    }

    /** Returns whether a record of a shard is in the range. */
    public boolean holds(String shard, SequenceNumber number) {
        return !isEmpty() && shardId.equals(shard) && number.isBetween(first(), last());
    }
}
