package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream for readers of the same process: no iterators, no read quota, woken by writers. Thread-safe.
 *
 * <p>On AWS an event source mapping polls a shard once a second, out of the five calls that all consumers share. A
 * reader here waits for records and uses none of that quota, so neither starves the other.
 */
public final class StreamHandle {

    private final KinesisStream stream;
    private final KinesisErrors errors;

    StreamHandle(KinesisStream stream, KinesisErrors errors) {
        this.stream = requireNonNull(stream, "stream");
        this.errors = requireNonNull(errors, "errors");
    }

    /** Returns the stream's name. */
    public String name() {
        return stream.name();
    }

    /** Returns the stream's id, which another stream of the same name does not have. */
    public String id() {
        return stream.identity().id();
    }

    /** Returns the stream's ARN. */
    public Arn arn() {
        return stream.identity().arn();
    }

    /** Returns the stream's status as the API spells it. */
    public String status() {
        return stream.status().name();
    }

    /** Returns the number of shards that take records. */
    public int openShards() {
        return stream.shards().openCount();
    }

    /** Returns all shards that can still be read, closed ones included, parents before children. */
    public List<ShardInfo> shards() {
        ShardTable table = stream.shards();
        return table.all().stream()
                .map(shard -> new ShardInfo(
                        shard.id(),
                        present(table, shard.lineage().parent()),
                        present(table, shard.lineage().adjacent()),
                        !shard.isOpen()))
                .toList();
    }

    private static @Nullable ShardId present(ShardTable table, @Nullable ShardId shardId) {
        return Stream.ofNullable(shardId)
                .filter(id -> table.find(id).isPresent())
                .findFirst()
                .orElse(null);
    }

    /**
     * Opens a reader.
     *
     * @throws ServiceException ResourceNotFoundException for an unknown shard, InvalidArgumentException for a sequence
     *     number of another shard
     */
    public ShardCursor open(ShardId shardId, IteratorPosition start) {
        requireExists();
        Shard shard = ShardNames.readable(stream, shardId, errors);
        long position = new PositionResolver(stream, shard, errors, "GetShardIterator").resolve(start);
        return new ShardCursor(this, shard, position);
    }

    /** Retains the records that a consumer starting here has not processed, until it closes the hold. */
    public RetentionHold retain(IteratorPosition start) {
        return stream.retain(start);
    }

    ShardRead read(Shard shard, long position, int limit, long maxBytes) {
        requireExists();
        return shard.read(
                position, limit, maxBytes, stream.nowMillis(), stream.settings().encrypted());
    }

    private void requireExists() {
        if (stream.status() == StreamStatus.DELETING) {
            throw errors.streamNotFound(stream.name());
        }
    }

    /**
     * A shard's position in the lineage.
     *
     * @param id the shard's id
     * @param parent the shard it was split from, or the first it was merged from; null if there is none or it has
     *     expired
     * @param adjacentParent the second it was merged from
     * @param closed whether the shard accepts no more records
     */
    public record ShardInfo(
            ShardId id, @Nullable ShardId parent, @Nullable ShardId adjacentParent, boolean closed) {}
}
