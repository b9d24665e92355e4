package dev.ingestkit.local.mapping;

import dev.ingestkit.local.events.EventSourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A generated case for model and mapping: a configuration, the records with their times and shards, how the shards
 * split and merge, and how the function treats each record. Each kind of time has its own residue modulo a second, so
 * that no two causes fall on the same instant.
 */
final class ModelCase {

    /** The behavior of the function for a record: fails its first deliveries, or all; is throttled first. */
    record Nature(int failures, int throttles, boolean passesFilter) {}

    /** A record with the time of its put. */
    record Put(int id, int shard, long atMillis, Nature nature) {}

    /** Parents are closed, children opened. */
    record Reshard(long atMillis, List<Integer> parents, List<Integer> children) {}

    /** Whole seconds, so that the residues are kept. */
    static final Duration BACKOFF = Duration.ofSeconds(7);

    static final int FOREVER = 1_000_000;

    final EventSourceKind kind;
    final MappingConfig config;
    final int firstShards;
    final List<Put> puts = new ArrayList<>();
    final List<Reshard> reshards = new ArrayList<>();

    private final SplittableRandom random;
    private final List<Integer> open = new ArrayList<>();
    private int shards;
    private long second;

    /** Creates a case of a Kinesis stream for an even seed, else of a table's stream. */
    ModelCase(long seed) {
        random = new SplittableRandom(seed);
        kind = seed % 2 == 0 ? EventSourceKind.KINESIS : EventSourceKind.DYNAMODB;
        firstShards = 1 + random.nextInt(3);
        config = randomConfig();
        for (int index = 0; index < firstShards; index++) {
            open.add(index);
        }
        shards = firstShards;
        int steps = 1 + random.nextInt(8);
        for (int step = 1; step <= steps; step++) {
            second += random.nextInt(4) == 0 ? random.nextInt(90) : random.nextInt(6);
            if (random.nextInt(6) == 0) {
                reshard(step);
            } else {
                putSome(step);
            }
        }
    }

    private MappingConfig randomConfig() {
        // Without any limit a record that always fails would be retried forever.
        int retries = random.nextInt(4) == 0 ? -1 : random.nextInt(5);
        boolean aged = retries < 0 || random.nextInt(3) == 0;
        MappingConfig.Builder builder = MappingScenario.config(kind)
                .batchSize(1 + random.nextInt(8))
                .batchingWindowSeconds(random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0)
                .maximumRetryAttempts(retries)
                .maximumRecordAgeSeconds(aged ? 60 + random.nextInt(30) : -1)
                .bisectBatchOnFunctionError(random.nextBoolean())
                .reportBatchItemFailures(random.nextBoolean());
        if (random.nextInt(4) == 0) {
            builder.filterPatterns(List.of(
                    kind == EventSourceKind.KINESIS
                            ? "{\"data\":{\"pass\":[true]}}"
                            : "{\"dynamodb\":{\"NewImage\":{\"pass\":[true]}}}"));
        }
        return builder.build();
    }

    private long at(int step) {
        return second * 1_000 + step;
    }

    private void putSome(int step) {
        for (int shard : open) {
            for (int count = random.nextInt(9); count > 0; count--) {
                puts.add(new Put(puts.size() + 1, shard, at(step), nature()));
            }
        }
    }

    private Nature nature() {
        int failures = random.nextInt(5) != 0 ? 0 : random.nextInt(3) == 0 ? FOREVER : 1 + random.nextInt(3);
        boolean bounded = config.settings().retries().maxRecordAgeSeconds() > 0;
        int throttles =
                random.nextInt(8) != 0 ? 0 : bounded && random.nextInt(3) == 0 ? FOREVER : 1 + random.nextInt(4);
        return new Nature(failures, throttles, random.nextInt(4) != 0);
    }

    private void reshard(int step) {
        if (open.size() > 1 && random.nextBoolean()) {
            List<Integer> parents = List.of(open.remove(0), open.remove(0));
            reshards.add(new Reshard(at(step), parents, List.of(shards)));
            open.add(shards++);
        } else {
            int parent = open.remove(random.nextInt(open.size()));
            reshards.add(new Reshard(at(step), List.of(parent), List.of(shards, shards + 1)));
            open.add(shards++);
            open.add(shards++);
        }
    }

    Duration length() {
        return Duration.ofSeconds(second + 1).plusHours(3);
    }

    /**
     * The function of this case, which counts the deliveries of each record. The model and the mapping have one each.
     */
    Treatment treatment() {
        return new Treatment();
    }

    /** The answer to a batch. */
    enum Kind {
        SUCCESS,
        THROTTLED,
        ERROR,
        REPORT
    }

    record Answer(Kind kind, int firstFailed) {}

    final class Treatment {

        private final Map<Integer, int[]> left = new HashMap<>();

        /** Throws on an even bad record, reports an odd one if reporting is on. */
        Answer of(List<Integer> ids) {
            int[] head = left(ids.get(0));
            if (head[1] > 0) {
                head[1]--;
                return new Answer(Kind.THROTTLED, 0);
            }
            int firstFailed = -1;
            for (int index = 0; index < ids.size(); index++) {
                int[] counts = left(ids.get(index));
                if (counts[0] > 0) {
                    counts[0]--;
                    firstFailed = firstFailed < 0 ? index : firstFailed;
                }
            }
            if (firstFailed < 0) {
                return new Answer(Kind.SUCCESS, 0);
            }
            boolean report = config.settings().reportBatchItemFailures() && ids.get(firstFailed) % 2 == 1;
            return new Answer(report ? Kind.REPORT : Kind.ERROR, firstFailed);
        }

        private int[] left(int id) {
            Nature nature = puts.get(id - 1).nature();
            return left.computeIfAbsent(id, ignored -> new int[] {nature.failures(), nature.throttles()});
        }
    }
}
