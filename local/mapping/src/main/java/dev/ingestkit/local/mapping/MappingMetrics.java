package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.SequenceNumber;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mapping's counts since it was created in this process. Immutable.
 *
 * @param polled records read from the stream, including those read again after a pause
 * @param calls deliveries to the function
 * @param notices messages to the on-failure destination
 * @param sourceFailures reads of the stream that failed
 * @param lastProcessingResult as the Lambda API words it
 * @param lastError the latest failure of any kind; null if there was none
 * @param shards by shard, in the order of their creation
 */
public record MappingMetrics(
        long polled,
        Calls calls,
        Notices notices,
        long sourceFailures,
        String lastProcessingResult,
        @Nullable String lastError,
        List<ShardMetrics> shards) {

    public MappingMetrics {
        shards = List.copyOf(shards);
    }

    /** Returns the latest failure of any kind. */
    public Optional<String> error() {
        return Optional.ofNullable(lastError);
    }

    /** Returns the number of records that the filters dropped. */
    public long filtered() {
        return shards.stream().mapToLong(ShardMetrics::filtered).sum();
    }

    /** Returns the number of records that the function has processed. */
    public long delivered() {
        return shards.stream().mapToLong(ShardMetrics::delivered).sum();
    }

    /** Returns the number of records that were given up. */
    public long dropped() {
        return shards.stream().mapToLong(ShardMetrics::dropped).sum();
    }

    /** Returns the number of invocations in flight. */
    public int inFlight() {
        return shards.stream().mapToInt(ShardMetrics::inFlight).sum();
    }

    /**
     * Returns the highest iterator age of the shards: the age of the last record of the last batch when it ended, 0
     * when all records that were put have been processed.
     */
    public long iteratorAgeMillis() {
        return shards.stream().mapToLong(ShardMetrics::iteratorAgeMillis).max().orElse(0);
    }

    /** Returns the number of invocations. */
    public long invocations() {
        return calls.invocations();
    }

    /** Returns the number of invocations that failed in whole or in part. */
    public long failedInvocations() {
        return calls.failed();
    }

    /** Returns the number of deliveries that never reached the function. */
    public long notInvoked() {
        return calls.notInvoked();
    }

    /** Returns the number of messages that the on-failure destination accepted. */
    public long destinationMessages() {
        return notices.accepted();
    }

    /** Returns the number of messages that the on-failure destination did not accept. */
    public long destinationFailures() {
        return notices.failed();
    }

    /**
     * Deliveries to the function.
     *
     * @param invocations invocations of the function
     * @param failed invocations that failed in whole or in part
     * @param notInvoked deliveries that never reached the function: throttled, not found, not started
     */
    public record Calls(long invocations, long failed, long notInvoked) {}

    /**
     * Messages to the on-failure destination.
     *
     * @param accepted messages that it accepted
     * @param failed messages that it did not accept
     */
    public record Notices(long accepted, long failed) {}

    /**
     * One shard's counts.
     *
     * @param checkpoint the last sequence number that has been processed; null if there is none yet
     * @param drained whether the shard is closed and all of it has been processed
     * @param load the shard's current load
     */
    public record ShardMetrics(
            String shardId,
            @Nullable SequenceNumber checkpoint,
            boolean drained,
            Load load,
            long delivered,
            long dropped,
            long filtered) {

        /** Returns the number of records read and not yet processed. */
        public int buffered() {
            return load.buffered();
        }

        /** Returns the number of invocations in flight. */
        public int inFlight() {
            return load.inFlight();
        }

        /** Returns the age of the last record of the last batch when it ended. */
        public long iteratorAgeMillis() {
            return load.iteratorAgeMillis();
        }
    }

    /**
     * A shard's current load.
     *
     * @param buffered records read and not yet processed
     * @param inFlight invocations in flight
     * @param iteratorAgeMillis the age of the last record of the last batch when it ended
     */
    public record Load(int buffered, int inFlight, long iteratorAgeMillis) {}
}
