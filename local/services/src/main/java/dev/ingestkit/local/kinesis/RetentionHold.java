package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Retains the records that one consumer of a stream has not processed. Such records are never dropped to save memory:
 * when nothing else can be dropped, the stream rejects puts instead. The retention period still applies to them.
 * Thread-safe.
 */
public final class RetentionHold implements AutoCloseable {

    private final KinesisErrors errors;
    private final KinesisStream stream;
    private final Consumer<RetentionHold> onClose;
    private final Map<ShardId, Long> processedUpTo = new ConcurrentHashMap<>();

    RetentionHold(KinesisStream stream, IteratorPosition start, KinesisErrors errors, Consumer<RetentionHold> onClose) {
        this.stream = requireNonNull(stream, "stream");
        this.errors = requireNonNull(errors, "errors");
        this.onClose = requireNonNull(onClose, "onClose");
        for (Shard shard : stream.shards().all()) {
            processedUpTo.put(shard.id(), resolver(shard).resolve(start));
        }
    }

    /** Reports that the consumer has processed a record and all before it in its shard. */
    public void processed(ShardId shardId, SequenceNumber sequenceNumber) {
        stream.shards()
                .find(shardId)
                .ifPresent(shard -> processedUpTo.put(
                        shardId, resolver(shard).resolve(new IteratorPosition.AfterSequenceNumber(sequenceNumber))));
    }

    private PositionResolver resolver(Shard shard) {
        return new PositionResolver(stream, shard, errors, "Retention");
    }

    /** Reports that the consumer has processed all of a closed shard. */
    public void processedAll(ShardId shardId) {
        processedUpTo.put(shardId, Long.MAX_VALUE);
    }

    /**
     * Returns the first position still needed. A shard that the consumer has not reached is needed from its beginning.
     */
    long neededFrom(Shard shard) {
        return processedUpTo.getOrDefault(shard.id(), 0L);
    }

    /** Releases the hold: the consumer reads no more. Idempotent. */
    @Override
    public void close() {
        onClose.accept(this);
    }
}
