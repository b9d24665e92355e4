package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.mapping.StreamSource;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stream of another endpoint, read by polling as AWS's own mappings do: each shard at most five times a second, the
 * limit of all its readers together. Thread-safe.
 */
public final class RemoteStreamSource implements StreamSource {

    static final Duration BETWEEN_READS = Duration.ofMillis(200);

    private final AwsClient endpoint;
    private final String streamArn;
    private final Clock clock;
    private final RecordsRead read;
    private final Duration betweenReads;

    /**
     * Creates a source.
     *
     * @param clock dates readers that start at the latest record
     * @param read journals the records of all sources
     */
    public RemoteStreamSource(AwsClient endpoint, String streamArn, Clock clock, RecordsRead read) {
        this(endpoint, streamArn, clock, read, BETWEEN_READS);
    }

    RemoteStreamSource(AwsClient endpoint, String streamArn, Clock clock, RecordsRead read, Duration betweenReads) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
        this.streamArn = requireNonNull(streamArn, "streamArn");
        this.clock = requireNonNull(clock, "clock");
        this.read = requireNonNull(read, "read");
        this.betweenReads = requireNonNull(betweenReads, "betweenReads");
    }

    @Override
    public String streamArn() {
        return streamArn;
    }

    /**
     * Returns the time of the stream's creation, which distinguishes a recreated stream from the deleted one of the
     * same name.
     */
    public CompletableFuture<Instant> created() {
        return endpoint.call(AwsApi.KINESIS, "DescribeStreamSummary", named())
                .thenApply(answer ->
                        instant(answer.path("StreamDescriptionSummary").path("StreamCreationTimestamp")));
    }

    @Override
    public CompletionStage<List<Shard>> shards() {
        return page(named(), new ArrayList<>()).thenApply(RemoteStreamSource::parentsFirst);
    }

    private CompletableFuture<List<JsonNode>> page(ObjectNode input, List<JsonNode> found) {
        return endpoint.call(AwsApi.KINESIS, "ListShards", input).thenCompose(answer -> {
            answer.path("Shards").forEach(found::add);
            String next = answer.path("NextToken").asText("");
            // Kinesis refuses a stream name together with a token.
            return next.isEmpty() || answer.path("NextToken").isNull()
                    ? CompletableFuture.completedFuture(found)
                    : page(Json.mapper().createObjectNode().put("NextToken", next), found);
        });
    }

    private static List<Shard> parentsFirst(List<JsonNode> listed) {
        Set<String> ids = new HashSet<>();
        listed.forEach(shard -> ids.add(shard.path("ShardId").asText()));
        List<Shard> left =
                new ArrayList<>(listed.stream().map(shard -> shard(shard, ids)).toList());
        List<Shard> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        while (!left.isEmpty()) {
            List<Shard> next =
                    left.stream().filter(shard -> follows(shard, done)).toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("the shards' parents form a cycle: " + left);
            }
            next.forEach(shard -> done.add(shard.id()));
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    private static boolean follows(Shard shard, Set<String> done) {
        return (shard.parent() == null || done.contains(shard.parent()))
                && (shard.adjacentParent() == null || done.contains(shard.adjacentParent()));
    }

    private static Shard shard(JsonNode shard, Set<String> listed) {
        return new Shard(
                shard.path("ShardId").asText(),
                listedText(shard.path("ParentShardId"), listed),
                listedText(shard.path("AdjacentParentShardId"), listed),
                shard.path("SequenceNumberRange").hasNonNull("EndingSequenceNumber"));
    }

    private static @Nullable String listedText(JsonNode id, Set<String> listed) {
        return listed.contains(id.asText()) ? id.asText() : null;
    }

    @Override
    public CompletionStage<ShardReader> open(String shardId, Position position) {
        return iterator(shardId, position)
                .thenApply(iterator -> new RemoteShardReader(
                        new RemoteShard(
                                endpoint,
                                shardId,
                                at -> iterator(shardId, at),
                                records -> read.add(Arn.nameIn(streamArn), shardId, records)),
                        lasting(position),
                        iterator,
                        betweenReads));
    }

    /** Returns a position that holds when an expired iterator is renewed: LATEST would skip the records put since. */
    private Position lasting(Position position) {
        return position instanceof Position.Latest ? new Position.AtTimestamp(clock.instant()) : position;
    }

    private CompletableFuture<String> iterator(String shardId, Position position) {
        ObjectNode input = named().put("ShardId", shardId);
        input.put("ShardIteratorType", position.kind().name());
        switch (position.kind()) {
            case TRIM_HORIZON, LATEST -> {}
            case AT_TIMESTAMP -> {
                Instant from = ((Position.AtTimestamp) position).from();
                input.put("Timestamp", BigDecimal.valueOf(from.toEpochMilli(), 3));
            }
            case AT_SEQUENCE_NUMBER -> startingAt(input, ((Position.AtSequenceNumber) position).sequenceNumber());
            case AFTER_SEQUENCE_NUMBER -> startingAt(input, ((Position.AfterSequenceNumber) position).sequenceNumber());
        }
        return endpoint.call(AwsApi.KINESIS, "GetShardIterator", input)
                .thenApply(answer -> answer.path("ShardIterator").asText());
    }

    private static void startingAt(ObjectNode input, SequenceNumber number) {
        input.put("StartingSequenceNumber", number.toString());
    }

    private ObjectNode named() {
        return Json.mapper().createObjectNode().put("StreamName", Arn.nameIn(streamArn));
    }

    /** Returns the instant of epoch seconds with a fraction. */
    static Instant instant(JsonNode seconds) {
        return Instant.ofEpochMilli(seconds.decimalValue().movePointRight(3).longValue());
    }
}
