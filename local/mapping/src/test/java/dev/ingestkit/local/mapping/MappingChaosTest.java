package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.functions.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Checks the guarantees under simultaneous events: parallel batches that end in any order, failures, a stream and a
 * destination that are unavailable, splits and merges, pauses, updates and hard restarts in the middle. A failure
 * prints its seed; {@code -Dmapping.seed=N} runs that one alone.
 */
final class MappingChaosTest {

    private static final int RUNS = 1_000;

    @Test
    void nothingIsLostAndEachKeyKeepsItsOrder() {
        Long one = Long.getLong("mapping.seed");
        long seed = one != null ? one : ThreadLocalRandom.current().nextLong();
        for (int run = 0; run < (one != null ? 1 : RUNS); run++) {
            new Chaos(seed + run).run();
        }
    }

    private static final class Chaos {

        private record Range(String first, String last) {
            boolean holds(String sequence) {
                return first.compareTo(sequence) <= 0 && sequence.compareTo(last) <= 0;
            }
        }

        private final List<Range> ranges = new ArrayList<>();
        private final long seed;
        private final SplittableRandom random;
        private final MappingScenario scenario;
        private final List<Integer> open = new ArrayList<>();
        private final Map<String, List<Integer>> putByKey = new HashMap<>();
        private final Map<String, Integer> highestDone = new HashMap<>();
        private final Map<String, String> sequences = new HashMap<>();
        private final Set<Integer> done = new HashSet<>();
        private final Set<Integer> poison = new HashSet<>();
        private final Set<String> underWay = new HashSet<>();
        private int life;
        private int shards;
        private int records;
        private EventSourceMapping mapping;

        private Chaos(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.shards = 1 + random.nextInt(3);
            this.scenario = new MappingScenario(shards);
            for (int index = 0; index < shards; index++) {
                open.add(index);
            }
            scenario.function.behave(this::invoke);
            this.mapping = scenario.create(this::config);
        }

        private MappingConfig.Builder config(MappingConfig.Builder builder) {
            return builder.batchSize(1 + random.nextInt(10))
                    .parallelizationFactor(1 + random.nextInt(10))
                    .batchingWindowSeconds(random.nextInt(3))
                    .maximumRetryAttempts(3 + random.nextInt(3))
                    .bisectBatchOnFunctionError(true)
                    .reportBatchItemFailures(random.nextBoolean());
        }

        private void run() {
            MappingScenario.ask(mapping.start());
            for (int step = 0; step < 30; step++) {
                act(random.nextInt(12));
                scenario.time.advance(Duration.ofMillis(random.nextInt(2_000)));
            }
            MappingScenario.ask(mapping.enable());
            scenario.time.advance(Duration.ofHours(2));
            verify();
        }

        private void act(int what) {
            switch (what) {
                case 0 -> reshard();
                case 1 -> scenario.stream.failReads(random.nextInt(4));
                case 2 -> scenario.destination.refusals = random.nextInt(4);
                case 3 -> MappingScenario.ask(mapping.disable());
                case 4 -> MappingScenario.ask(mapping.enable());
                case 5 ->
                    MappingScenario.ask(
                            mapping.update(config(mapping.config().toBuilder()).build()));
                case 6 -> restart();
                default -> put();
            }
        }

        private void put() {
            for (int count = random.nextInt(20); count > 0; count--) {
                int number = ++records;
                if (random.nextInt(15) == 0) {
                    poison.add(number);
                }
                int shard = open.get(random.nextInt(open.size()));
                String key = "shard-%d-key-%d".formatted(shard, random.nextInt(8));
                putByKey.computeIfAbsent(key, ignored -> new ArrayList<>()).add(number);
                byte[] data = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
                sequences.put(scenario.stream.put(shard, key, data), key);
            }
        }

        private void reshard() {
            int parent = open.remove(random.nextInt(open.size()));
            if (!open.isEmpty() && random.nextBoolean()) {
                scenario.stream.reshard(List.of(parent, open.remove(0)), List.of(shards));
            } else {
                scenario.stream.reshard(List.of(parent), List.of(shards, shards + 1));
                open.add(shards++);
            }
            open.add(shards++);
        }

        /** The process dies: results of calls in flight never arrive, and everything but the checkpoints is lost. */
        private void restart() {
            life++;
            underWay.clear();
            MappingConfig last = mapping.config();
            VirtualTime before = scenario.time;
            mapping.close();
            before.settle();
            scenario.time = before.restarted();
            mapping = scenario.create(builder -> last.toBuilder());
            MappingScenario.ask(mapping.start());
        }

        private CompletableFuture<Invocation> invoke(FakeFunction.Event event) {
            int born = life;
            Set<String> keys = new HashSet<>();
            event.sequenceNumbers().forEach(sequence -> keys.add(sequences.get(sequence)));
            assertThat(underWay).as("seed %d: a key in two batches", seed).doesNotContainAnyElementsOf(keys);
            underWay.addAll(keys);
            CompletableFuture<Invocation> call = new CompletableFuture<>();
            scenario.time.schedule(Duration.ofMillis(random.nextInt(700)), () -> {
                if (born == life) {
                    underWay.removeAll(keys);
                    call.complete(work(event).join());
                }
            });
            return call;
        }

        /** Processes record by record and stops at the first that fails, as a careful handler does. */
        private CompletableFuture<Invocation> work(FakeFunction.Event event) {
            for (int index = 0; index < event.data().size(); index++) {
                int number = Integer.parseInt(event.data().get(index));
                String key =
                        requireNonNull(sequences.get(event.sequenceNumbers().get(index)));
                if (poison.contains(number) || random.nextInt(30) == 0) {
                    return random.nextBoolean() || !mapping.config().settings().reportBatchItemFailures()
                            ? scenario.function.fail()
                            : scenario.function.report(event.sequenceNumbers().get(index));
                }
                if (mapping.config().settings().reportBatchItemFailures()) {
                    inOrder(key, number);
                }
                done.add(number);
            }
            return scenario.function.succeed();
        }

        /** A record may be redelivered, but no earlier record of its key may have been skipped. */
        private void inOrder(String key, int number) {
            List<Integer> all = requireNonNull(putByKey.get(key));
            int position = all.indexOf(number);
            int highest = highestDone.getOrDefault(key, -1);
            for (int index = highest + 1; index < position; index++) {
                int skipped = all.get(index);
                assertThat(done.contains(skipped) || deadLettered(skipped))
                        .as("seed %d: %d of %s was delivered before %d was processed", seed, number, key, skipped)
                        .isTrue();
            }
            highestDone.merge(key, position, Math::max);
        }

        private boolean deadLettered(int number) {
            while (ranges.size() < scenario.destination.messages.size()) {
                JsonNode info = scenario.destination.message(ranges.size()).get("KinesisBatchInfo");
                ranges.add(new Range(
                        info.get("startSequenceNumber").asText(),
                        info.get("endSequenceNumber").asText()));
            }
            String sequence = FakeStream.number(number).toString();
            return ranges.stream().anyMatch(range -> range.holds(sequence));
        }

        private void verify() {
            for (int number = 1; number <= records; number++) {
                assertThat(done.contains(number) || deadLettered(number))
                        .as("seed %d: record %d of %d is lost; %s", seed, number, records, mapping.metrics())
                        .isTrue();
            }
            assertThat(poison).as("seed %d", seed).allMatch(this::deadLettered);
            assertThat(mapping.metrics().shards())
                    .as("seed %d", seed)
                    .allSatisfy(shard -> assertThat(shard.buffered()).isZero());
        }
    }
}
