package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/**
 * Puts events into a stream with their ids as partition keys, with retries when a shard is throttled, on 5xx and on no
 * answer. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html">PutRecord</a>
 */
public final class StreamClient implements SendRoute {

    private static final int OK = 200;

    private final KinesisClient kinesis;
    private final String stream;
    private final int retries;
    private final RetryDelay backoff;

    /**
     * Creates a client of one stream.
     *
     * @param retries the maximum of retries of an event
     */
    public StreamClient(AwsClients clients, String stream, int retries, RandomGenerator random) {
        this.kinesis = requireNonNull(clients, "clients").kinesisWithoutRetries();
        this.stream = requireNonNull(stream, "stream");
        this.retries = retries;
        this.backoff = new RetryDelay(random);
    }

    /** The answer to one put. */
    private record Answer(
            int status,
            @Nullable PutRecordResponse put,
            @Nullable String error,
            boolean worthAnotherAttempt) {}

    @Override
    public SendOutcome submit(OutgoingEvent event, SendClock clock) throws InterruptedException {
        long began = clock.nanos();
        int attempts = 1;
        Answer answer = put(event);
        while (answer.worthAnotherAttempt() && attempts <= retries) {
            if (!clock.sleep(backoff.before(attempts, Optional.empty()).toNanos())) {
                break;
            }
            answer = put(event);
            attempts++;
        }
        PutRecordResponse put = answer.put();
        return new SendOutcome(
                event.number(),
                event.id(),
                answer.status(),
                put == null ? null : put.shardId(),
                put == null ? null : put.sequenceNumber(),
                attempts,
                (clock.nanos() - began) / 1e6,
                answer.error());
    }

    private Answer put(OutgoingEvent event) {
        try {
            PutRecordResponse put = kinesis.putRecord(request -> request.streamName(stream)
                    .partitionKey(event.id())
                    .data(SdkBytes.fromByteArrayUnsafe(event.payload())));
            return new Answer(OK, put, null, false);
        } catch (AwsServiceException refused) {
            boolean temporary =
                    refused instanceof ProvisionedThroughputExceededException || refused.statusCode() >= 500;
            return new Answer(refused.statusCode(), null, SdkFailures.cause(refused), temporary);
        } catch (SdkException unanswered) {
            return new Answer(0, null, "no answer: " + SdkFailures.cause(unanswered), true);
        }
    }
}
