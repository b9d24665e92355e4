package dev.ingestkit.local.journal;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.SequenceNumber;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Relates a journal's entries to the records that they concern. The journal names a batch by its range of sequence
 * numbers and an attempt by its mapping; readers keep a value for each record here, and get back the values of the
 * records that an entry names. Entries are given in the journal's order. Not thread-safe.
 *
 * @param <T> the readers' value for a record
 */
public final class RecordIndex<T> {

    private final Map<String, NavigableMap<SequenceNumber, T>> shards = new HashMap<>();
    /** The streams that mappings read, learned from their deliveries. */
    private final Map<String, String> streams = new HashMap<>();

    /** Returns the name of a shard among those of several streams, each given by its name or ARN. */
    public static String shard(String stream, String shardId) {
        return Arn.nameIn(stream) + "/" + shardId;
    }

    /** Adds a record's value. */
    public void add(JournalEvent.Put put, T value) {
        records(shard(put.stream(), put.shardId())).put(SequenceNumber.parse(put.sequenceNumber()), value);
    }

    /** Removes a record's value; an unknown one changes nothing. */
    public void remove(String shard, SequenceNumber number) {
        records(shard).remove(number);
    }

    /** Returns the values of all records, oldest first within each shard. */
    public Stream<T> all() {
        return shards.values().stream().flatMap(records -> records.values().stream());
    }

    /** Returns the shard of a delivery, whose mapping is known from then on. */
    public String shardOf(JournalEvent.Delivered batch) {
        streams.put(batch.mapping(), batch.stream());
        return shard(batch.stream(), batch.range().shardId());
    }

    /** Returns the shard of an attempt. */
    public String shardOf(JournalEvent.Attempt attempt) {
        return shardOf(attempt.mapping(), attempt.range().shardId());
    }

    /** Returns the shard that a mapping reads; the journal may have dropped the entry that names the stream. */
    private String shardOf(String mapping, String shardId) {
        String stream = streams.get(mapping);
        if (stream != null) {
            return shard(stream, shardId);
        }
        return shards.keySet().stream()
                .filter(name -> name.endsWith("/" + shardId))
                .findFirst()
                .orElse(shard("", shardId));
    }

    /** Returns the values of the records in a range, oldest first. */
    public List<T> in(String shard, RecordRange range) {
        return range.isEmpty()
                ? List.of()
                : List.copyOf(records(shard)
                        .subMap(range.first(), true, range.last(), true)
                        .values());
    }

    /** Returns the values of the records in a range before a record, oldest first. */
    public List<T> in(String shard, RecordRange range, SequenceNumber before) {
        return List.copyOf(
                records(shard).subMap(range.first(), true, before, false).values());
    }

    /** Returns the values of the records that a mapping gave up. */
    public List<T> in(JournalEvent.DeadLetter batch) {
        return in(shard(batch.stream(), batch.range().shardId()), batch.range());
    }

    /** Returns the values of the records that a filter dropped. */
    public List<T> in(JournalEvent.Filtered dropped) {
        Map<SequenceNumber, T> records = records(shardOf(dropped.mapping(), dropped.shardId()));
        List<T> found = new ArrayList<>();
        for (String number : dropped.sequenceNumbers()) {
            T record = records.get(SequenceNumber.parse(number));
            if (record != null) {
                found.add(record);
            }
        }
        return found;
    }

    /** Returns the values of the records that expired. */
    public List<T> in(JournalEvent.Expired expired) {
        Collection<T> records = records(shard(expired.stream(), expired.shardId()))
                .headMap(SequenceNumber.parse(expired.lastSequenceNumber()), true)
                .values();
        return List.copyOf(records);
    }

    private NavigableMap<SequenceNumber, T> records(String shard) {
        return shards.computeIfAbsent(shard, name -> new TreeMap<>());
    }
}
