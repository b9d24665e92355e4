package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers several batches of one shard at a time. */
final class ParallelizationTest {

    private final MappingScenario scenario = new MappingScenario();
    private final Map<FakeFunction.Event, CompletableFuture<Invocation>> open = new LinkedHashMap<>();

    private void hold() {
        scenario.function.behave(event -> {
            CompletableFuture<Invocation> call = new CompletableFuture<>();
            open.put(event, call);
            return call;
        });
    }

    private static List<String> keys(FakeFunction.Event event) {
        List<String> keys = new ArrayList<>();
        event.json()
                .get("Records")
                .forEach(record -> keys.add(record.at("/kinesis/partitionKey").asText()));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void batchesInFlightPerShardEqualTheParallelizationFactor(int factor) {
        hold();
        for (int number = 0; number < 1_000; number++) {
            scenario.stream.put("key-" + number, "x");
        }
        EventSourceMapping mapping =
                scenario.start(config -> config.parallelizationFactor(factor).batchSize(5));

        assertThat(open).hasSize(factor);
        assertThat(mapping.metrics().inFlight()).isEqualTo(factor);
    }

    @Test
    void aKeyIsNeverInTwoBatchesAtOnceAndKeepsItsOrder() {
        hold();
        for (int number = 0; number < 400; number++) {
            scenario.stream.put("key-" + number % 40, Integer.toString(number));
        }
        scenario.start(config -> config.parallelizationFactor(4).batchSize(7));
        Map<String, Integer> last = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            Set<String> underWay = new HashSet<>();
            for (FakeFunction.Event event : open.keySet()) {
                Set<String> keys = new HashSet<>(keys(event));
                assertThat(underWay).doesNotContainAnyElementsOf(keys);
                underWay.addAll(keys);
            }
            FakeFunction.Event newest = new ArrayList<>(open.keySet()).get(open.size() - 1);
            List<String> keys = keys(newest);
            for (int index = 0; index < keys.size(); index++) {
                int number = Integer.parseInt(newest.data().get(index));
                assertThat(number).isGreaterThan(last.getOrDefault(keys.get(index), -1));
                last.put(keys.get(index), number);
            }
            requireNonNull(open.remove(newest))
                    .complete(scenario.function.succeed().join());
            scenario.time.settle();
        }
        assertThat(last).hasSize(40);
        assertThat(scenario.checkpoint()).endsWith("400");
    }

    @Test
    void theCheckpointIsNeverAheadOfAnUnprocessedKey() {
        hold();
        for (int number = 1; number <= 50; number++) {
            scenario.stream.put("key-" + number, Integer.toString(number));
        }
        EventSourceMapping mapping =
                scenario.start(config -> config.parallelizationFactor(5).batchSize(10_000));
        FakeFunction.Event blocked = open.keySet().stream()
                .filter(event -> event.has("1"))
                .findFirst()
                .orElseThrow();
        CompletableFuture<Invocation> blockedCall = requireNonNull(open.remove(blocked));
        open.values().forEach(call -> call.complete(scenario.function.succeed().join()));
        scenario.time.settle();
        assertThat(mapping.metrics().delivered()).isEqualTo(50 - blocked.data().size());
        assertThat(scenario.checkpoint()).isNull();

        blockedCall.complete(scenario.function.succeed().join());
        scenario.time.settle();
        assertThat(scenario.checkpoint()).endsWith("50");
    }

    @Test
    void aPoisonKeyBlocksOnlyItsOwnLane() {
        scenario.function.behave(
                event -> keys(event).contains("poison") ? scenario.function.fail() : scenario.function.succeed());
        scenario.stream.put("poison", "p");
        for (int number = 0; number < 100; number++) {
            scenario.stream.put("key-" + number, "x");
        }
        EventSourceMapping mapping =
                scenario.start(config -> config.parallelizationFactor(10).batchSize(1));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(mapping.metrics().delivered()).isGreaterThan(80).isLessThan(100);
        assertThat(scenario.checkpoint()).isNull();
    }

    @Test
    void theJournalNamesTheLaneOfEachBatch() {
        scenario.function.behave(event -> scenario.function.succeed());
        for (int number = 0; number < 400; number++) {
            scenario.stream.put("key-" + number % 40, "x");
        }
        scenario.start(config -> config.parallelizationFactor(4).batchSize(1));
        scenario.time.settle();

        Map<Integer, Set<Integer>> lanesByKey = new LinkedHashMap<>();
        Set<Integer> lanesOfAttempts = new HashSet<>();
        for (JournalEntry entry : scenario.journal.after(0, 10_000)) {
            if (entry.event() instanceof JournalEvent.Delivered batch) {
                String number = batch.range().firstSequenceNumber();
                int record = Integer.parseInt(number.substring(number.length() - 6));
                lanesByKey.computeIfAbsent(record % 40, key -> new HashSet<>()).add(batch.lane());
            } else if (entry.event() instanceof JournalEvent.Attempt attempt) {
                lanesOfAttempts.add(attempt.lane());
            }
        }
        assertThat(lanesByKey)
                .hasSize(40)
                .allSatisfy((key, lanes) -> assertThat(lanes).hasSize(1));
        assertThat(lanesOfAttempts).containsExactlyInAnyOrder(1, 2, 3, 4);
    }
}
