package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.ServiceException;
import java.util.function.Function;

/** The outcome of one record of a put. */
sealed interface PutOutcome {

    /** Returns the result of the function for this kind of outcome. */
    <T> T fold(Function<Stored, T> onStored, Function<Rejected, T> onRejected);

    /** The record is in the shard. */
    record Stored(ShardId shardId, SequenceNumber sequenceNumber) implements PutOutcome {
        public Stored {
            requireNonNull(shardId, "shardId");
            requireNonNull(sequenceNumber, "sequenceNumber");
        }

        @Override
        public <T> T fold(Function<Stored, T> onStored, Function<Rejected, T> onRejected) {
            return onStored.apply(this);
        }
    }

    /** The record was not stored, with the error that PutRecord returns and PutRecords writes into the entry. */
    record Rejected(ServiceException error) implements PutOutcome {
        @Override
        public <T> T fold(Function<Stored, T> onStored, Function<Rejected, T> onRejected) {
            return onRejected.apply(this);
        }
    }
}
