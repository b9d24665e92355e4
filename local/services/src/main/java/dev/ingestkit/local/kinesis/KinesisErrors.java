package dev.ingestkit.local.kinesis;

import static dev.ingestkit.local.protocol.ServiceException.badRequest;

import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Creates the service's errors with AWS's codes, statuses and texts.
 *
 * @param account the account id, which most texts contain
 * @param region the region, which some texts contain
 */
record KinesisErrors(String account, String region) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static ServiceException invalidArgument(String message) {
        return badRequest("InvalidArgumentException", message);
    }

    static ServiceException validation(String message) {
        return badRequest("ValidationException", message);
    }

    static ServiceException resourceInUse(String message) {
        return badRequest("ResourceInUseException", message);
    }

    static ServiceException limitExceeded(String message) {
        return badRequest("LimitExceededException", message);
    }

    static ServiceException notFound(String message) {
        return badRequest("ResourceNotFoundException", message);
    }

    static ServiceException internalFailure() {
        return new ServiceException(
                "InternalFailureException",
                500,
                "The request processing has failed because of an unknown error, exception or failure.");
    }

    ServiceException streamNotFound(String stream) {
        return notFound("Stream %s under account %s not found.".formatted(stream, account));
    }

    ServiceException streamExists(String stream) {
        return resourceInUse("Stream %s under account %s already exists.".formatted(stream, account));
    }

    ServiceException streamNotActive(String stream, StreamStatus status) {
        return resourceInUse(
                "Stream %s under account %s not ACTIVE, instead in state %s".formatted(stream, account, status));
    }

    /** Returns the error of actions that change a shard. */
    ServiceException couldNotFindShard(String shard, String stream) {
        return notFound("Could not find shard %s in stream %s under account %s.".formatted(shard, stream, account));
    }

    /** Returns the error of actions that read a shard. */
    ServiceException shardDoesNotExist(ShardId shard, String stream) {
        return notFound("Shard %s in stream %s under account %s does not exist".formatted(shard, stream, account));
    }

    ServiceException rateExceeded(ShardId shard, String stream) {
        return badRequest(
                "ProvisionedThroughputExceededException",
                "Rate exceeded for shard %s in stream %s under account %s.".formatted(shard, stream, account));
    }

    /**
     * Returns the runtime's own error for exhausted memory. AWS bounds only a shard's rates; the code is the one that
     * every producer retries.
     */
    ServiceException memoryExhausted(String stream, long bytes) {
        return badRequest(
                "ProvisionedThroughputExceededException",
                ("Stream %s accepts no records now: the streams of this process hold at most %d bytes together,"
                                + " and all retained records still have to be processed by an event source mapping. Try"
                                + " again, or give the process more memory (-Xmx).")
                        .formatted(stream, bytes));
    }

    static ServiceException invalidIterator() {
        return invalidArgument("Invalid ShardIterator.");
    }

    static ServiceException expiredIterator(Instant issued, Instant now, long toleratedMillis) {
        return badRequest(
                "ExpiredIteratorException",
                ("Iterator expired. The iterator was created at time %s while right now it is %s which is further in"
                                + " the future than the tolerated delay of %d milliseconds.")
                        .formatted(TIME.format(issued), TIME.format(now), toleratedMillis));
    }

    ServiceException shardLimit(int current, int limit, int additional) {
        return limitExceeded(("This request would exceed the shard limit for the account %s in %s. Current shard count"
                        + " for the account: %d. Limit: %d. Number of additional shards that would have resulted from"
                        + " this request: %d. Refer to the AWS Service Limits page"
                        + " (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits"
                        + " and how to request higher limits.")
                .formatted(account, region, current, limit, additional));
    }
}
