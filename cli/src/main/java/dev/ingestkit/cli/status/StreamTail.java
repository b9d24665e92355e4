package dev.ingestkit.cli.status;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SharedShard;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Follows a stream's records in the form of a journal's {@code put} entries, for targets without a journal. Not
 * thread-safe.
 */
public final class StreamTail {

    private static final Comparator<Put> BY_ARRIVAL = Comparator.comparing(Put::at)
            .thenComparing(put -> SequenceNumber.parse(put.event().sequenceNumber()));

    private final KinesisClient kinesis;
    private final SharedShard reads;
    private final String stream;
    private final Optional<Instant> since;
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> iterators = new LinkedHashMap<>();
    private long last;

    /** A record with its arrival, before it has a number. */
    private record Put(Instant at, JournalEvent.Put event) {}

    /**
     * Creates a reader of a stream.
     *
     * @param since the earliest arrival; empty for all records in the stream
     */
    public StreamTail(AwsClients clients, String stream, Optional<Instant> since) {
        this.kinesis = requireNonNull(clients, "clients").kinesis();
        this.reads = new SharedShard(kinesis);
        this.stream = requireNonNull(stream, "stream");
        this.since = requireNonNull(since, "since");
    }

    /** Returns the records since the last call, or all of them at first, in the order of arrival. */
    public List<JournalEntry> next() {
        openShards();
        List<Put> puts = new ArrayList<>();
        for (String shard : List.copyOf(iterators.keySet())) {
            read(shard, puts);
        }
        puts.sort(BY_ARRIVAL);
        return puts.stream()
                .map(put -> new JournalEntry(++last, put.at(), put.event()))
                .toList();
    }

    /** Opens the shards at first and whenever a shard is closed; its children are read from their start. */
    private void openShards() {
        if (!known.isEmpty() && iterators.size() == known.size()) {
            return;
        }
        for (Shard shard :
                kinesis.listShards(request -> request.streamName(stream)).shards()) {
            if (known.add(shard.shardId())) {
                GetShardIteratorRequest.Builder request =
                        GetShardIteratorRequest.builder().streamName(stream).shardId(shard.shardId());
                since.ifPresentOrElse(
                        from -> request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(from),
                        () -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
                iterators.put(
                        shard.shardId(),
                        kinesis.getShardIterator(request.build()).shardIterator());
            }
        }
    }

    private void read(String shard, List<Put> puts) {
        GetRecordsResponse page;
        do {
            String iterator = requireNonNull(iterators.get(shard), shard);
            page = reads.page(
                    GetRecordsRequest.builder().shardIterator(iterator).build());
            page.records().forEach(record -> puts.add(put(shard, record)));
            if (page.nextShardIterator() == null) {
                iterators.remove(shard);
                return;
            }
            iterators.put(shard, page.nextShardIterator());
        } while (page.millisBehindLatest() != null && page.millisBehindLatest() > 0);
    }

    private Put put(String shard, Record record) {
        return new Put(
                record.approximateArrivalTimestamp(),
                new JournalEvent.Put(
                        stream,
                        shard,
                        record.sequenceNumber(),
                        record.partitionKey(),
                        record.data().asByteArrayUnsafe().length));
    }
}
