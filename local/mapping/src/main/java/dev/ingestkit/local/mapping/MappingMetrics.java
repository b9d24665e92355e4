package dev.ingestkit.local.mapping;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a mapping has done since it was created in this process.
 *
 * @param polled records read from the stream, those read again after a pause included
 * @param filtered records that no filter let pass
 * @param delivered records the function is done with
 * @param dropped records that were given up
 * @param invocations invocations of the function
 * @param failedInvocations those that failed in whole or in part
 * @param notInvoked tries that never reached the function: throttled, not found, not started
 * @param destinationMessages messages that the on-failure destination accepted
 * @param destinationFailures messages it did not accept
 * @param sourceFailures reads of the stream that failed
 * @param inFlight invocations under way
 * @param iteratorAgeMillis the highest of the shards': how old the last record of the last batch was when it ended, 0
 *     when all that was put is done with
 * @param lastProcessingResult in the words of the Lambda API
 * @param lastError the latest failure of any kind; null if there was none
 * @param shards by shard, in the order of their creation
 */
public record MappingMetrics(
        long polled,
        long filtered,
        long delivered,
        long dropped,
        long invocations,
        long failedInvocations,
        long notInvoked,
        long destinationMessages,
        long destinationFailures,
        long sourceFailures,
        int inFlight,
        long iteratorAgeMillis,
        String lastProcessingResult,
        @Nullable String lastError,
        List<ShardMetrics> shards) {

    public MappingMetrics {
        shards = List.copyOf(shards);
    }

    public Optional<String> error() {
        return Optional.ofNullable(lastError);
    }

    /**
     * One shard.
     *
     * @param checkpoint the last sequence number that is done with; null if there is none yet
     * @param drained the shard is closed and all of it is done with
     * @param buffered records read and not yet done with
     */
    public record ShardMetrics(
            String shardId,
            @Nullable String checkpoint,
            boolean drained,
            int buffered,
            int inFlight,
            long iteratorAgeMillis,
            long delivered,
            long dropped,
            long filtered) {}
}
