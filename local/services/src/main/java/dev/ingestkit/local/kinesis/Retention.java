package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What one consumer of a stream is not done with. Such records are never dropped to save memory: while nothing else can
 * be dropped, the stream refuses puts instead. The retention period ends them all the same. Thread-safe.
 */
public final class Retention implements AutoCloseable {

    private final StartingPositions positions;
    private final KinesisStream stream;
    private final Consumer<Retention> whenClosed;
    private final Map<String, Long> doneBefore = new ConcurrentHashMap<>();

    Retention(KinesisStream stream, StartingPosition start, KinesisErrors errors, Consumer<Retention> whenClosed) {
        this.stream = requireNonNull(stream, "stream");
        this.positions = new StartingPositions(errors);
        this.whenClosed = requireNonNull(whenClosed, "whenClosed");
        for (Shard shard : stream.shards().all()) {
            doneBefore.put(shard.id(), shard.position(start, stream.nowMillis()));
        }
    }

    /** The consumer is done with that record and all before it in its shard. */
    public void done(String shardId, String sequenceNumber) {
        stream.shards()
                .find(shardId)
                .ifPresent(shard -> doneBefore.put(
                        shardId,
                        positions.resolve(
                                stream, shard, new StartingPosition.AfterSequenceNumber(sequenceNumber), "Retention")));
    }

    /** The consumer is done with all of a closed shard. */
    public void doneWith(String shardId) {
        doneBefore.put(shardId, Long.MAX_VALUE);
    }

    /** The first position that is needed; a shard that the consumer has not come to is needed from its beginning. */
    long neededFrom(Shard shard) {
        return doneBefore.getOrDefault(shard.id(), 0L);
    }

    /** The consumer reads no more. Idempotent. */
    @Override
    public void close() {
        whenClosed.accept(this);
    }
}
