package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.ShardId;
import dev.ingestkit.local.time.MutableClock;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReshardingPlanTest {

    private final Clock clock = new MutableClock();

    private KinesisStream stream(int shards) {
        KinesisStream.Context context = new KinesisStream.Context(
                clock,
                new KinesisErrors("000000000000", "us-east-1"),
                new MemoryBudget(1 << 20, used -> Long.MAX_VALUE),
                false,
                Duration.ZERO,
                StreamStorage.NONE);
        return new KinesisStream(
                new KinesisStream.Identity(
                        "s",
                        Arn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/s"),
                        "id",
                        1,
                        Instant.ofEpochMilli(clock.millis())),
                StreamSpecification.provisioned("s", shards),
                context);
    }

    @Test
    void randomChangesLeaveNoGapOrOverlap() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            KinesisStream stream = stream(1 + random.nextInt(8));
            for (int step = 0; step < 25; step++) {
                change(stream, random);
                assertCovers(stream, seed);
                assertRoutes(stream, random, seed);
            }
            assertFamily(stream, seed);
        }
    }

    private static void change(KinesisStream stream, SplittableRandom random) {
        List<Shard> open = stream.shards().open();
        ReshardingPlan resharding = new ReshardingPlan(stream);
        int at = random.nextInt(open.size());
        Shard shard = open.get(at);
        switch (random.nextInt(3)) {
            case 0 -> resharding.split(shard, pointIn(shard, random));
            case 1 -> {
                if (at + 1 < open.size()) {
                    resharding.merge(shard, open.get(at + 1));
                }
            }
            default -> resharding.scaleTo(1 + random.nextInt(2 * open.size()));
        }
        resharding.apply();
    }

    private static HashKey pointIn(Shard shard, SplittableRandom random) {
        BigInteger start = shard.range().start().toBigInteger();
        BigInteger width = shard.range().end().toBigInteger().subtract(start);
        BigInteger share =
                width.multiply(BigInteger.valueOf(random.nextLong(1, 1 << 20))).shiftRight(20);
        return HashKey.of(start.add(share.max(BigInteger.ONE)));
    }

    private static void assertCovers(KinesisStream stream, long seed) {
        List<Shard> open = stream.shards().open();
        assertThat(open.get(0).range().start()).as("seed %d", seed).isEqualTo(HashKey.MIN);
        assertThat(open.get(open.size() - 1).range().end()).as("seed %d", seed).isEqualTo(HashKey.MAX);
        for (int at = 1; at < open.size(); at++) {
            assertThat(open.get(at - 1).range().isDirectlyBefore(open.get(at).range()))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    private static void assertRoutes(KinesisStream stream, SplittableRandom random, long seed) {
        HashKey key = new HashKey(random.nextLong(), random.nextLong());
        assertThat(stream.shards().route(key).range().contains(key))
                .as("seed %d, key %s", seed, key)
                .isTrue();
    }

    private static void assertFamily(KinesisStream stream, long seed) {
        Set<ShardId> seen = new HashSet<>();
        for (Shard shard : stream.shards().all()) {
            assertThat(seen)
                    .as("seed %d: parents before %s", seed, shard.id())
                    .containsAll(shard.lineage().parents());
            shard.lineage().parents().forEach(parent -> {
                Shard found = stream.shards().find(parent).orElseThrow();
                assertThat(found.isOpen()).isFalse();
                assertThat(shard.startingSequenceNumber())
                        .isGreaterThan(found.endingSequenceNumber().orElseThrow());
            });
            seen.add(shard.id());
        }
    }

    @Test
    void scalingYieldsUniformRanges() {
        KinesisStream stream = stream(2);
        ReshardingPlan resharding = new ReshardingPlan(stream);

        resharding.scaleTo(3);
        resharding.apply();

        assertThat(stream.shards().open().stream().map(Shard::range).toList()).isEqualTo(HashRange.uniform(3));
    }

    @Test
    void shardsWithTheirFinalRangeAreKept() {
        KinesisStream stream = stream(3);
        Shard first = stream.shards().open().get(0);
        ReshardingPlan resharding = new ReshardingPlan(stream);

        resharding.scaleTo(3);
        resharding.apply();

        assertThat(stream.shards().open()).hasSize(3).contains(first);
    }
}
