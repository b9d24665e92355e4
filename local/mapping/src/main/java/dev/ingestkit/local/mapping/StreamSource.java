package dev.ingestkit.local.mapping;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The stream as a mapping needs it: in the embedded runtime a stream of the same process, in attach mode another
 * endpoint's by its API. Thread-safe.
 */
public interface StreamSource {

    /** The stream's ARN, as it stands in events and dead letters. */
    String streamArn();

    /** All shards that can still be read, closed ones included, parents before children. */
    CompletionStage<List<Shard>> shards();

    /**
     * Opens a reader in a shard. A position whose record has left the stream by retention opens at the oldest record
     * that is left, as Kinesis does.
     */
    CompletionStage<ShardReader> open(String shardId, Position position);

    /**
     * A shard's place in the family tree.
     *
     * @param parent the shard it was split or merged from; null if there is none or it is gone
     * @param adjacentParent the second parent after a merge
     * @param closed true when no record can be written to it any more
     */
    record Shard(
            String id, @Nullable String parent, @Nullable String adjacentParent, boolean closed) {}

    /** Where to begin in a shard. */
    sealed interface Position {

        record TrimHorizon() implements Position {}

        record Latest() implements Position {}

        record AtTimestamp(Instant from) implements Position {}

        record AfterSequenceNumber(String sequenceNumber) implements Position {}

        record AtSequenceNumber(String sequenceNumber) implements Position {}
    }

    /** Reads one shard forward. Owned by one caller; never called again before the last stage has ended. */
    interface ShardReader extends AutoCloseable {

        /**
         * The next records in order, at most {@code limit} and no more than about 10 MiB;
         * an empty list when there is none yet. The reader moves on.
         * A failed stage leaves it where it was: the same call may be made again and nothing is skipped. An
         * implementation over an API renews expired iterators itself.
         */
        CompletionStage<Records> read(int limit);

        /**
         * Ends when {@link #read} has something new to say (a record or the shard's end), at once if it has already.
         * An in-process stream wakes it on put; a remote one polls.
         */
        CompletionStage<Void> awaitRecords();

        @Override
        void close();
    }

    /**
     * What a read gave.
     *
     * @param endOfShard the shard is closed and this was the last of it
     * @param millisBehindLatest how far behind the tip, 0 when there
     */
    record Records(List<StreamRecord> records, boolean endOfShard, long millisBehindLatest) {}

    /**
     * One record.
     *
     * @param encryptionType as Kinesis returns it, null when there is none
     */
    record StreamRecord(
            String sequenceNumber,
            String partitionKey,
            byte[] data,
            Instant approximateArrival,
            @Nullable String encryptionType) {}
}
