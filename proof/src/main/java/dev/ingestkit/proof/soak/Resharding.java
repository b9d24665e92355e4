package dev.ingestkit.proof.soak;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Splits the stream's first open shard in the middle and merges the halves again. For one thread. */
final class Resharding {

    private static final int MAX_TRIES = 200;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final KinesisClient kinesis;
    private final String stream;

    Resharding(KinesisClient kinesis, String stream) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
        this.stream = requireNonNull(stream, "stream");
    }

    void split() {
        withRetries(this::trySplit);
    }

    private void trySplit() {
        Shard shard = open().get(0);
        BigInteger start = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger end = new BigInteger(shard.hashKeyRange().endingHashKey());
        String middle = start.add(end).shiftRight(1).toString();
        kinesis.splitShard(request ->
                request.streamName(stream).shardToSplit(shard.shardId()).newStartingHashKey(middle));
        awaitActive();
    }

    void merge() {
        withRetries(this::tryMerge);
    }

    /** Repeats a change whose answer was lost: it is then made on the shards as they are by that time. */
    private static void withRetries(Runnable change) {
        for (int attempt = 1; true; attempt++) {
            try {
                change.run();
                return;
            } catch (SdkException refused) {
                if (attempt == MAX_TRIES) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    private void tryMerge() {
        List<Shard> shards = open();
        kinesis.mergeShards(request -> request.streamName(stream)
                .shardToMerge(shards.get(0).shardId())
                .adjacentShardToMerge(shards.get(1).shardId()));
        awaitActive();
    }

    /** Returns the open shards ordered by hash range, so that list neighbors are adjacent ranges. */
    private List<Shard> open() {
        return kinesis.listShards(request -> request.streamName(stream)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    private void awaitActive() {
        Supplier<@Nullable StreamStatus> status =
                () -> kinesis.describeStreamSummary(request -> request.streamName(stream))
                        .streamDescriptionSummary()
                        .streamStatus();
        for (int attempt = 0; attempt < MAX_TRIES; attempt++) {
            if (status.get() == StreamStatus.ACTIVE) {
                return;
            }
            LockSupport.parkNanos(PAUSE);
        }
        throw new IllegalStateException("stream %s did not become active: %s".formatted(stream, status.get()));
    }
}
