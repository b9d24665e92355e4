package dev.ingestkit.cli.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SharedShard;
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
 * A stream's records as they come, in the form of a journal's {@code put} entries: what can be known of events where
 * there is no journal. Used by one thread.
 */
public final class StreamTail {

    private static final Comparator<JsonNode> BY_ARRIVAL = Comparator.comparing(
                    (JsonNode entry) -> Instant.parse(entry.path("at").asText()))
            .thenComparing(entry -> entry.path("sequenceNumber").asText());

    private final KinesisClient kinesis;
    private final SharedShard reads;
    private final String stream;
    private final Optional<Instant> since;
    private final Set<String> known = new HashSet<>();
    private final Map<String, String> iterators = new LinkedHashMap<>();

    /** @param since the first record's arrival at the earliest; empty for all that the stream holds */
    public StreamTail(AwsClients clients, String stream, Optional<Instant> since) {
        this.kinesis = requireNonNull(clients, "clients").kinesis();
        this.reads = new SharedShard(kinesis);
        this.stream = requireNonNull(stream, "stream");
        this.since = requireNonNull(since, "since");
    }

    /** What has come since the last call, or from the beginning, in the order of arrival. */
    public List<JsonNode> next() {
        openShards();
        List<JsonNode> entries = new ArrayList<>();
        for (String shard : List.copyOf(iterators.keySet())) {
            read(shard, entries);
        }
        entries.sort(BY_ARRIVAL);
        return entries;
    }

    /** At first, and again whenever a shard has ended: its children are read from their beginning. */
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

    private void read(String shard, List<JsonNode> entries) {
        GetRecordsResponse page;
        do {
            String iterator = requireNonNull(iterators.get(shard), shard);
            page = reads.page(
                    GetRecordsRequest.builder().shardIterator(iterator).build());
            page.records().forEach(record -> entries.add(entry(shard, record)));
            if (page.nextShardIterator() == null) {
                iterators.remove(shard);
                return;
            }
            iterators.put(shard, page.nextShardIterator());
        } while (page.millisBehindLatest() != null && page.millisBehindLatest() > 0);
    }

    private static ObjectNode entry(String shard, Record record) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("at", record.approximateArrivalTimestamp().toString())
                .put("kind", "put")
                .put("shardId", shard)
                .put("sequenceNumber", record.sequenceNumber())
                .put("partitionKey", record.partitionKey())
                .put("bytes", record.data().asByteArrayUnsafe().length);
    }
}
