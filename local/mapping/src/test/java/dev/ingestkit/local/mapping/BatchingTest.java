package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.MappingSettings;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.functions.Invocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers the closing of batches, starting positions, and configurations that AWS rejects. */
final class BatchingTest {

    private final MappingScenario scenario = new MappingScenario();

    @Test
    void withoutAWindowARecordIsDeliveredAtOnce() {
        scenario.start(config -> config);
        scenario.put(1, 1);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"));
    }

    @Test
    void recordsAreGatheredUntilTheWindowEnds() {
        scenario.start(config -> config.batchingWindowSeconds(10));
        scenario.put(1, 1);
        scenario.time.advance(Duration.ofSeconds(6));
        scenario.put(2, 2);
        scenario.time.advance(Duration.ofMillis(3_999));
        assertThat(scenario.function.deliveries()).isEmpty();

        scenario.time.advance(Duration.ofMillis(1));
        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"));
    }

    @Test
    void aFullBatchDoesNotWaitForItsWindow() {
        scenario.start(config -> config.batchSize(2).batchingWindowSeconds(300));
        scenario.put(1, 5);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"), List.of("3", "4"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 10_000})
    void aBatchHoldsAtMostItsSize(int size) {
        scenario.put(1, 10_001);
        scenario.start(config -> config.batchSize(size));
        scenario.time.settle();

        assertThat(scenario.function.deliveries())
                .allSatisfy(batch -> assertThat(batch.size()).isLessThanOrEqualTo(size));
        assertThat(scenario.function.deliveries().stream().flatMap(List::stream).toList())
                .hasSize(10_001)
                .startsWith("1", "2", "3")
                .endsWith("10001");
    }

    @Test
    void windowGathersTheMaximumBatchSize() {
        scenario.start(config -> config.batchSize(10_000).batchingWindowSeconds(60));
        scenario.put(1, 10_000);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).extracting(List::size).containsExactly(10_000);
    }

    @Test
    void oneBatchOfAShardIsInFlightAtATime() {
        List<CompletableFuture<Invocation>> calls = new ArrayList<>();
        scenario.function.behave(event -> {
            CompletableFuture<Invocation> call = new CompletableFuture<>();
            calls.add(call);
            return call;
        });
        scenario.start(config -> config.batchSize(1));
        scenario.put(1, 3);
        scenario.time.settle();
        assertThat(calls).hasSize(1);

        calls.get(0).complete(scenario.function.succeed().join());
        scenario.time.settle();
        assertThat(calls).hasSize(2);
    }

    @Test
    void readingAheadIsBoundedInRecordsAndBytes() {
        scenario.function.behave(event -> new CompletableFuture<>());
        scenario.put(1, 30_000);
        EventSourceMapping small = scenario.start(config -> config);
        assertThat(small.metrics().shards().get(0).buffered()).isEqualTo(1_000);

        MappingScenario large = new MappingScenario();
        large.function.behave(event -> new CompletableFuture<>());
        for (int count = 0; count < 100; count++) {
            large.stream.put(0, "key", new byte[1024 * 1024]);
        }
        EventSourceMapping mapping = large.start(config -> config);
        assertThat(mapping.metrics().shards().get(0).buffered()).isBetween(8, 18);
    }

    @Test
    void trimHorizonBeginsAtTheOldestRecord() {
        scenario.put(1, 2);
        scenario.start(config -> config);
        scenario.put(3, 3);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"), List.of("3"));
    }

    @Test
    void latestDeliversExactlyTheRecordsPutAfterCreation() {
        scenario.put(1, 2);
        scenario.start(config -> config.startingPosition(StartingPosition.latest()));
        scenario.put(3, 4);
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("3", "4"));
    }

    @Test
    void latestKeepsItsPositionWhileTheMappingIsDisabled() {
        scenario.put(1, 2);
        EventSourceMapping mapping = scenario.start(
                config -> config.startingPosition(StartingPosition.latest()).enabled(false));
        assertThat(mapping.state()).isEqualTo(MappingState.DISABLED);
        scenario.put(3, 3);
        MappingScenario.ask(mapping.enable());
        scenario.time.settle();
        MappingScenario.ask(mapping.disable());
        scenario.time.settle();
        scenario.put(4, 4);
        scenario.time.settle();
        assertThat(scenario.function.deliveries()).containsExactly(List.of("3"));

        MappingScenario.ask(mapping.enable());
        scenario.time.settle();
        assertThat(scenario.function.deliveries()).containsExactly(List.of("3"), List.of("4"));
    }

    @Test
    void latestSurvivesARestartBeforeTheFirstRecord() {
        scenario.put(1, 1);
        scenario.time.advance(Duration.ofSeconds(1));
        EventSourceMapping first = scenario.start(config -> config.startingPosition(StartingPosition.latest()));
        MappingScenario.ask(first.stop());
        scenario.time.settle();
        scenario.time.advance(Duration.ofSeconds(1));
        scenario.put(2, 2);

        scenario.time = new VirtualTime();
        scenario.start(config -> config.startingPosition(StartingPosition.latest()));
        assertThat(scenario.function.deliveries()).containsExactly(List.of("2"));
    }

    @Test
    void atTimestampBeginsAtItsTime() {
        scenario.put(1, 1);
        scenario.time.advance(Duration.ofSeconds(5));
        scenario.put(2, 2);
        scenario.start(config -> config.startingPosition(StartingPosition.atTimestamp(scenario.time.instant())));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("2"));
    }

    @Test
    void valuesOutOfRangeAreRejectedWithTheApisCodeAndText() {
        assertThatThrownBy(() -> MappingScenario.config().batchSize(10_001).build())
                .isInstanceOfSatisfying(
                        InvalidMappingException.class,
                        refused -> assertThat(refused.code()).isEqualTo("ValidationException"))
                .hasMessage("1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 10000");
        List<UnaryOperator<MappingConfig.Builder>> refused = List.of(
                config -> config.batchSize(0),
                config -> config.batchingWindowSeconds(-1),
                config -> config.batchingWindowSeconds(301),
                config -> config.maximumRetryAttempts(-2),
                config -> config.maximumRetryAttempts(10_001),
                config -> config.maximumRecordAgeSeconds(0),
                config -> config.maximumRecordAgeSeconds(59),
                config -> config.maximumRecordAgeSeconds(604_801),
                config -> config.parallelizationFactor(0),
                config -> config.parallelizationFactor(11),
                config -> config.tumblingWindowSeconds(901),
                config -> config.filterPatterns(List.of("{\"data\":{\"a\":[")),
                config -> config.filterPatterns(java.util.Collections.nCopies(11, "{\"data\":{\"a\":[1]}}")));
        assertThat(refused)
                .allSatisfy(change -> assertThatThrownBy(
                                () -> change.apply(MappingScenario.config()).build())
                        .isInstanceOf(InvalidMappingException.class));
    }

    @Test
    void configurationsHaveAwsDefaults() {
        MappingSettings settings =
                MappingConfig.builder("id", "function", FakeStream.ARN).build().settings();

        assertThat(settings.batching()).isEqualTo(new MappingSettings.Batching(100, 0, 1));
        assertThat(settings.retries()).isEqualTo(new MappingSettings.Retries(-1, -1, false));
        assertThat(settings.reportBatchItemFailures()).isFalse();
        assertThat(settings.tumblingWindowSeconds()).isZero();
    }
}
