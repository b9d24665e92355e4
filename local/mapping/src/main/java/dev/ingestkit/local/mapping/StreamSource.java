package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.mapping.filter.EventFilter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a mapping reads: in the embedded runtime a stream of the same process, in attach mode another
 * endpoint's through its API. Thread-safe.
 */
public interface StreamSource {

    /** Returns the stream's ARN, as it appears in events and dead letters. */
    String streamArn();

    /** Returns the shards that can still be read, including closed ones, parents before children. */
    CompletionStage<List<Shard>> shards();

    /**
     * Opens a reader in a shard. A position whose record has expired opens at the oldest record
     * that is retained, as Kinesis does.
     */
    CompletionStage<ShardReader> open(String shardId, Position position);

    /**
     * A shard with its parents.
     *
     * @param id the shard's id as its stream writes it, opaque to the mapping: only Kinesis has the form of a {@link
     *     dev.ingestkit.local.events.ShardId}
     * @param parent the shard it was split or merged from; null if there is none or it has expired
     * @param adjacentParent the second parent after a merge
     * @param closed whether the shard accepts no more records
     */
    record Shard(
            String id, @Nullable String parent, @Nullable String adjacentParent, boolean closed) {}

    /** The position in a shard at which a reader begins. */
    sealed interface Position {

        /** The kinds of positions, named as the Kinesis API names them. */
        enum Kind {
            TRIM_HORIZON,
            LATEST,
            AT_TIMESTAMP,
            AT_SEQUENCE_NUMBER,
            AFTER_SEQUENCE_NUMBER
        }

        /** Returns the kind, for switches that cover every case. */
        Kind kind();

        /** Returns the position in a shard for a mapping that has not read it yet. */
        static Position of(StartingPosition start) {
            return switch (start.kind()) {
                case TRIM_HORIZON -> new TrimHorizon();
                case LATEST -> new Latest();
                case AT_TIMESTAMP -> new AtTimestamp(((StartingPosition.AtTimestamp) start).from());
            };
        }

        /** The oldest retained record. */
        record TrimHorizon() implements Position {
            @Override
            public Kind kind() {
                return Kind.TRIM_HORIZON;
            }
        }

        /** The first record put after the reader is opened. */
        record Latest() implements Position {
            @Override
            public Kind kind() {
                return Kind.LATEST;
            }
        }

        /** The first record that arrived at or after a time. */
        record AtTimestamp(Instant from) implements Position {
            @Override
            public Kind kind() {
                return Kind.AT_TIMESTAMP;
            }
        }

        /** The record after one that was read. */
        record AfterSequenceNumber(SequenceNumber sequenceNumber) implements Position {
            @Override
            public Kind kind() {
                return Kind.AFTER_SEQUENCE_NUMBER;
            }
        }

        /** One record. */
        record AtSequenceNumber(SequenceNumber sequenceNumber) implements Position {
            @Override
            public Kind kind() {
                return Kind.AT_SEQUENCE_NUMBER;
            }
        }
    }

    /** Reads one shard forward. Used by one caller, which waits for each stage to complete before the next call. */
    interface ShardReader extends AutoCloseable {

        /**
         * Returns the next records in order, at most {@code limit} and no more than about 10 MiB;
         * an empty list when there is none yet. The reader advances.
         * After a failed stage the position is unchanged: the call may be repeated and no record is skipped. An
         * implementation over an API renews expired iterators itself.
         */
        CompletionStage<Records> read(int limit);

        /**
         * Completes when {@link #read} has a record or the shard's end to return, immediately if it already has.
         * An in-process stream wakes it on put; a remote one polls.
         */
        CompletionStage<Void> awaitRecords();

        @Override
        void close();
    }

    /**
     * The result of a read.
     *
     * @param endOfShard whether the shard is closed and these are its last records
     * @param millisBehindLatest how far the reader is behind the newest record; 0 if not at all
     */
    record Records(List<StreamRecord> records, boolean endOfShard, long millisBehindLatest) {}

    /**
     * One record.
     *
     * @param partitionKey the records of one key keep their order; of a DynamoDB record the item's key
     * @param data a Kinesis record's bytes; a DynamoDB record as the function receives it, a JSON object
     * @param encryptionType as Kinesis returns it; null if there is none
     */
    record StreamRecord(
            SequenceNumber sequenceNumber,
            String partitionKey,
            byte[] data,
            Instant approximateArrival,
            @Nullable String encryptionType)
            implements EventFilter.Candidate {}
}
