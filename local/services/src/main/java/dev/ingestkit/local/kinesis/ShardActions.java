package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** SplitShard, MergeShards and UpdateShardCount. Thread-safe: calls that change the same stream are serialized. */
final class ShardActions {

    private static final int MAX_SHARDS_BY_SCALING = 10_000;

    private final StreamRegistry registry;
    private final StreamLocator locator;

    ShardActions(StreamRegistry registry, StreamLocator locator) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
    }

    ServiceResponse split(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Optional<String> key = input.string("NewStartingHashKey");
        locator.constraints(input)
                .required("ShardToSplit", input.has("ShardToSplit"))
                .name("ShardToSplit", input.string("ShardToSplit"))
                .required("NewStartingHashKey", key.isPresent())
                .pattern("NewStartingHashKey", key, HashKey.DECIMAL)
                .check();
        KinesisStream stream = locator.locate(input);
        return change(stream, resharding -> {
            requireProvisioned(stream, "SplitShard");
            Shard shard =
                    ShardNames.changeable(stream, input.string("ShardToSplit").orElseThrow(), registry.errors());
            requireOpen(stream, shard);
            requireShards(1);
            resharding.split(shard, splitPoint(stream, shard, new BigInteger(key.orElseThrow())));
        });
    }

    private HashKey splitPoint(KinesisStream stream, Shard shard, BigInteger key) {
        BigInteger start = shard.range().start().toBigInteger();
        BigInteger end = shard.range().end().toBigInteger();
        if (key.compareTo(start.add(BigInteger.ONE)) <= 0 || key.compareTo(end) >= 0) {
            throw KinesisErrors.invalidArgument(
                    ("NewStartingHashKey %s used in SplitShard() on shard %s in stream %s under account %s is not both"
                                    + " greater than one plus the shard's StartingHashKey %s and less than the shard's"
                                    + " EndingHashKey %s.")
                            .formatted(
                                    key,
                                    shard.id(),
                                    stream.name(),
                                    registry.errors().account(),
                                    start,
                                    end));
        }
        return HashKey.of(key);
    }

    ServiceResponse merge(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .required("ShardToMerge", input.has("ShardToMerge"))
                .name("ShardToMerge", input.string("ShardToMerge"))
                .required("AdjacentShardToMerge", input.has("AdjacentShardToMerge"))
                .name("AdjacentShardToMerge", input.string("AdjacentShardToMerge"))
                .check();
        KinesisStream stream = locator.locate(input);
        return change(stream, resharding -> {
            requireProvisioned(stream, "MergeShards");
            Shard one =
                    ShardNames.changeable(stream, input.string("ShardToMerge").orElseThrow(), registry.errors());
            Shard other = ShardNames.changeable(
                    stream, input.string("AdjacentShardToMerge").orElseThrow(), registry.errors());
            requireOpen(stream, one);
            requireOpen(stream, other);
            requireAdjacent(stream, one, other);
            resharding.merge(one, other);
        });
    }

    private void requireAdjacent(KinesisStream stream, Shard one, Shard other) {
        boolean adjacent =
                one.range().isDirectlyBefore(other.range()) || other.range().isDirectlyBefore(one.range());
        if (!adjacent) {
            throw KinesisErrors.invalidArgument(
                    "Shards %s and %s in stream %s under account %s are not an adjacent pair of shards eligible for merging"
                            .formatted(
                                    one.id(),
                                    other.id(),
                                    stream.name(),
                                    registry.errors().account()));
        }
    }

    ServiceResponse updateCount(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        locator.constraints(input)
                .required("TargetShardCount", input.has("TargetShardCount"))
                .range("TargetShardCount", input.integer("TargetShardCount"), 1, Integer.MAX_VALUE)
                .required("ScalingType", input.has("ScalingType"))
                .oneOf("ScalingType", input.string("ScalingType"), List.of("UNIFORM_SCALING"))
                .check();
        KinesisStream stream = locator.locate(input);
        int target = input.integer("TargetShardCount").orElseThrow().intValue();
        int current = stream.shards().openCount();
        change(stream, resharding -> {
            requireProvisioned(stream, "UpdateShardCount");
            requireScalable(stream, target);
            resharding.scaleTo(target);
        });
        ObjectNode response = AwsOutput.object();
        response.put("StreamName", stream.name());
        response.put("CurrentShardCount", current);
        response.put("TargetShardCount", target);
        response.put("StreamARN", stream.identity().arn().toString());
        return ServiceResponse.of(response);
    }

    private void requireScalable(KinesisStream stream, int target) {
        int current = stream.shards().openCount();
        String counts = "Current open shard count: %d Target shard count: %d".formatted(current, target);
        if (target > current * 2) {
            throw KinesisErrors.limitExceeded(
                    "UpdateShardCount cannot scale up over double your current open shard count. " + counts);
        }
        if (target * 2 < current) {
            throw KinesisErrors.limitExceeded(
                    "UpdateShardCount cannot scale down below half your current open shard count. " + counts);
        }
        if (target > MAX_SHARDS_BY_SCALING) {
            throw KinesisErrors.limitExceeded("UpdateShardCount cannot scale a stream to more than %d shards. %s"
                    .formatted(MAX_SHARDS_BY_SCALING, counts));
        }
        requireShards(Math.max(0, target - current));
        if (!stream.shardCountUpdates().tryCall(Instant.ofEpochMilli(stream.nowMillis()))) {
            throw KinesisErrors.limitExceeded(
                    "UpdateShardCount can be called at most %d times in 24 hours for stream %s under account %s."
                            .formatted(
                                    CallHistory.SHARD_COUNT_UPDATES,
                                    stream.name(),
                                    registry.errors().account()));
        }
    }

    private ServiceResponse change(KinesisStream stream, Consumer<ReshardingPlan> plan) {
        stream.changes().lock();
        try {
            locator.active(stream);
            ReshardingPlan resharding = new ReshardingPlan(stream);
            plan.accept(resharding);
            resharding.apply();
            stream.enter(StreamStatus.UPDATING);
        } finally {
            stream.changes().unlock();
        }
        return ServiceResponse.empty();
    }

    private static void requireProvisioned(KinesisStream stream, String action) {
        if (stream.settings().mode() == StreamMode.ON_DEMAND) {
            throw KinesisErrors.validation("Request is invalid: %s is not supported for stream %s in ON_DEMAND mode."
                    .formatted(action, stream.name()));
        }
    }

    private void requireOpen(KinesisStream stream, Shard shard) {
        if (!shard.isOpen()) {
            throw KinesisErrors.resourceInUse(
                    ("Shard %s in stream %s under account %s has already been merged or split, and thus is not eligible"
                                    + " for merging or splitting.")
                            .formatted(
                                    shard.id(), stream.name(), registry.errors().account()));
        }
    }

    private void requireShards(int additional) {
        int current = registry.openShards();
        if (current + additional > StreamActions.SHARD_LIMIT) {
            throw registry.errors().shardLimit(current, StreamActions.SHARD_LIMIT, additional);
        }
    }
}
