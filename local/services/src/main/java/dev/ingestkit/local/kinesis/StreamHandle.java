package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.protocol.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream for readers of the same process: no iterators, no read quota, woken by writers. Thread-safe.
 *
 * <p>On AWS an event source mapping polls a shard once a second, out of the five calls that all consumers share. A
 * reader here waits for records and takes nothing from that quota, so neither starves the other.
 */
public final class StreamHandle {

    private final KinesisStream stream;
    private final KinesisErrors errors;

    StreamHandle(KinesisStream stream, KinesisErrors errors) {
        this.stream = requireNonNull(stream, "stream");
        this.errors = requireNonNull(errors, "errors");
    }

    public String name() {
        return stream.name();
    }

    public String arn() {
        return stream.identity().arn();
    }

    /** All shards that can still be read, closed ones included, parents before children. */
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

    private static @Nullable String present(ShardTable table, @Nullable String shardId) {
        return Stream.ofNullable(shardId)
                .filter(id -> table.find(id).isPresent())
                .findFirst()
                .orElse(null);
    }

    /** What each shard holds now, in the order of {@link #shards}. */
    public List<ShardContent> contents() {
        return stream.shards().all().stream()
                .map(shard -> new ShardContent(shard.id(), !shard.isOpen(), shard.retained(), shard.oldestArrival()))
                .toList();
    }

    /**
     * Opens a reader.
     *
     * @throws ServiceException ResourceNotFoundException for an unknown shard, InvalidArgumentException for a sequence
     *     number of another shard
     */
    public ShardCursor open(String shardId, StartingPosition start) {
        requireThere();
        Shard shard = ShardNames.readable(stream, shardId, errors);
        long position = new StartingPositions(errors).resolve(stream, shard, start, "GetShardIterator");
        return new ShardCursor(this, shard, position);
    }

    /** Keeps what a consumer that begins there is not done with, until it closes the answer. */
    public Retention retain(StartingPosition start) {
        return stream.retain(start);
    }

    ShardRead read(Shard shard, long position, int limit, long maxBytes) {
        requireThere();
        return shard.read(
                position, limit, maxBytes, stream.nowMillis(), stream.settings().encrypted());
    }

    private void requireThere() {
        if (stream.status() == StreamStatus.DELETING) {
            throw errors.streamNotFound(stream.name());
        }
    }

    /**
     * A shard's place in the family tree.
     *
     * @param parent the shard it was split from, or the first it was merged from; null if there is none or it is gone
     * @param adjacentParent the second it was merged from
     * @param closed no record can be written to it any more
     */
    public record ShardInfo(
            String id, @Nullable String parent, @Nullable String adjacentParent, boolean closed) {}

    /**
     * What a shard holds.
     *
     * @param records how many are retained
     * @param oldestArrival when the oldest of them came; empty if there is none
     */
    public record ShardContent(String id, boolean closed, long records, Optional<Instant> oldestArrival) {}
}
