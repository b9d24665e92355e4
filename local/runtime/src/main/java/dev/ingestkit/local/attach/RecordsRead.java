package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Journals the records that mappings read from streams of another endpoint. Their puts happened there, so the journal would
 * otherwise not know which record a partition key has. Each record is journaled once, before any mapping delivers it.
 * Thread-safe.
 */
public final class RecordsRead {

    private final Journal journal;
    private final Map<Shard, SequenceNumber> last = new HashMap<>();

    private record Shard(String stream, String id) {}

    /** Creates an instance that journals from the next read on. */
    public RecordsRead(Journal journal) {
        this.journal = requireNonNull(journal, "journal");
    }

    /** Journals the records beyond the last one of the shard. */
    synchronized void add(String stream, String shardId, List<StreamRecord> records) {
        Shard shard = new Shard(stream, shardId);
        List<JournalEvent> events = new ArrayList<>(records.size());
        for (StreamRecord record : records) {
            SequenceNumber known = last.get(shard);
            if (known == null || record.sequenceNumber().compareTo(known) > 0) {
                last.put(shard, record.sequenceNumber());
                events.add(new JournalEvent.Put(
                        stream,
                        shardId,
                        record.sequenceNumber().toString(),
                        record.partitionKey(),
                        record.data().length));
            }
        }
        if (!events.isEmpty()) {
            journal.appendAll(events);
        }
    }
}
