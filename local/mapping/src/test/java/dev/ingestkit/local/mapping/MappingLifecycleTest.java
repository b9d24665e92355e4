package dev.ingestkit.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.mapping.checkpoint.FileCheckpoints;
import dev.ingestkit.local.mapping.failure.DestinationPolicy;
import dev.ingestkit.local.mapping.failure.FailureHandling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enables, disables, updates, stops and reshards under faults: the position is never lost. */
final class MappingLifecycleTest {

    private final MappingScenario scenario = new MappingScenario();

    private List<String> data() {
        return scenario.function.deliveries().stream().flatMap(List::stream).toList();
    }

    @Test
    void statesAreThoseOfTheApi() {
        EventSourceMapping mapping = scenario.create(config -> config);
        assertThat(mapping.state().label()).isEqualTo("Creating");
        assertThat(mapping.metrics().lastProcessingResult()).isEqualTo("No records processed");
        MappingScenario.ask(mapping.start());
        scenario.time.settle();
        assertThat(mapping.state().label()).isEqualTo("Enabled");
        scenario.put(1, 1);
        scenario.time.settle();
        assertThat(mapping.metrics().lastProcessingResult()).isEqualTo("OK");
        MappingScenario.ask(mapping.disable());
        scenario.time.settle();
        assertThat(mapping.state().label()).isEqualTo("Disabled");
        assertThat(mapping.config().settings().enabled()).isFalse();
    }

    @Test
    void disablingWaitsForTheInvocationInFlightAndEnablingContinuesAfterIt() {
        CompletableFuture<Invocation> call = new CompletableFuture<>();
        scenario.function.behave(event -> call);
        EventSourceMapping mapping = scenario.start(config -> config.batchSize(2));
        scenario.put(1, 5);
        scenario.time.settle();
        CompletableFuture<Void> disabled = mapping.disable();
        scenario.time.settle();
        assertThat(mapping.state()).isEqualTo(MappingState.DISABLING);
        assertThat(disabled).isNotDone();

        call.complete(scenario.function.succeed().join());
        scenario.time.settle();
        assertThat(disabled).isCompleted();
        assertThat(mapping.state()).isEqualTo(MappingState.DISABLED);
        assertThat(data()).containsExactly("1", "2");

        scenario.function.behave(event -> scenario.function.succeed());
        MappingScenario.ask(mapping.enable());
        scenario.time.settle();
        assertThat(data()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aMappingThatIsDisabledWhileItRetriesDeliversTheBatchAgainWhenEnabled() {
        scenario.function.behave(event -> scenario.function.fail());
        EventSourceMapping mapping = scenario.start(config -> config);
        scenario.put(1, 1);
        scenario.time.settle();
        MappingScenario.ask(mapping.disable());
        scenario.time.advance(Duration.ofHours(1));
        assertThat(data()).containsExactly("1");

        scenario.function.behave(event -> scenario.function.succeed());
        MappingScenario.ask(mapping.enable());
        scenario.time.settle();
        assertThat(data()).containsExactly("1", "1");
        assertThat(scenario.checkpoint()).endsWith("1");
    }

    @Test
    void aMappingCanBeDisabledWhileItsDestinationIsUnavailable() {
        scenario.destination.refusals = Integer.MAX_VALUE;
        scenario.function.behave(event -> scenario.function.fail());
        EventSourceMapping mapping = scenario.start(config -> config.maximumRetryAttempts(0));
        scenario.put(1, 1);
        scenario.time.settle();
        CompletableFuture<Void> disabled = mapping.disable();
        scenario.time.settle();

        assertThat(disabled).isCompleted();
    }

    @Test
    void anUpdateTakesEffectWithoutLosingThePosition() {
        EventSourceMapping mapping = scenario.start(config -> config.batchSize(1));
        scenario.put(1, 2);
        scenario.time.settle();
        CompletableFuture<Void> updated = mapping.update(mapping.config().toBuilder()
                .batchSize(10)
                .batchingWindowSeconds(5)
                .build());
        assertThat(updated).isNotDone();
        scenario.time.settle();
        scenario.put(3, 5);
        scenario.time.advance(Duration.ofSeconds(5));

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1"), List.of("2"), List.of("3", "4", "5"));
        assertThat(mapping.config().settings().batching().size()).isEqualTo(10);
        assertThatThrownBy(() -> mapping.update(
                        MappingConfig.builder("other", "f", FakeStream.ARN).build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void concurrentChangesAreAppliedInOrder() {
        EventSourceMapping mapping = scenario.start(config -> config);
        MappingScenario.ask(mapping.disable());
        MappingScenario.ask(mapping.enable());
        MappingScenario.ask(mapping.disable());
        MappingScenario.ask(mapping.enable());
        scenario.put(1, 3);
        scenario.time.settle();

        assertThat(mapping.state()).isEqualTo(MappingState.ENABLED);
        assertThat(data()).containsExactly("1", "2", "3");
    }

    @Test
    void aRestartContinuesAfterTheCheckpointInTheFile(@TempDir Path folder) {
        scenario.checkpoints = new FileCheckpoints(folder.resolve(".ingest"));
        scenario.put(1, 3);
        EventSourceMapping first = scenario.start(config -> config);
        MappingScenario.ask(first.stop());
        scenario.time.settle();
        assertThat(first.state()).isEqualTo(MappingState.DELETING);
        scenario.put(4, 5);

        scenario.checkpoints = new FileCheckpoints(folder.resolve(".ingest"));
        scenario.time = new VirtualTime();
        EventSourceMapping second = scenario.start(config -> config);
        assertThat(data()).containsExactly("1", "2", "3", "4", "5");

        MappingScenario.ask(second.delete());
        scenario.time.settle();
        assertThat(new FileCheckpoints(folder.resolve(".ingest")).load(MappingScenario.UUID))
                .isEmpty();
        assertThat(folder.resolve(".ingest")).isEmptyDirectory();
    }

    @Test
    void checkpointsThatCannotBeLoadedAreAnErrorNotAFreshStart(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("mapping-" + MappingScenario.UUID + ".checkpoints"), "shard=\\u12 is not a character");
        scenario.checkpoints = new FileCheckpoints(folder);
        scenario.put(1, 1);
        EventSourceMapping mapping = scenario.create(config -> config);
        CompletableFuture<Void> started = mapping.start();
        scenario.time.settle();

        assertThat(started).isCompletedExceptionally();
        assertThat(data()).isEmpty();
    }

    @Test
    void closingWithoutWaitingLosesNothing() {
        scenario.function.behave(event -> new CompletableFuture<>());
        scenario.put(1, 2);
        EventSourceMapping first = scenario.start(config -> config);
        first.close();
        scenario.time.settle();

        scenario.time = new VirtualTime();
        scenario.function.behave(event -> scenario.function.succeed());
        scenario.start(config -> config);
        assertThat(data()).containsExactly("1", "2", "1", "2");
    }

    @Test
    void severalMappingsOnOneStreamEachGetAll() {
        scenario.put(1, 2);
        scenario.start(config -> config);
        MappingConfig other = MappingConfig.builder("other-mapping", MappingScenario.FUNCTION, FakeStream.ARN)
                .build();
        EventSourceMapping second = new EventSourceMapping(
                other,
                new MappingEnvironment(
                        scenario.stream,
                        scenario.function,
                        scenario.destination,
                        scenario.checkpoints,
                        scenario.journal,
                        scenario.time,
                        scenario.time,
                        new FailureHandling(
                                scenario.backoff, new SplittableRandom(1), DestinationPolicy.RETRY, () -> "id")));
        MappingScenario.ask(second.start());
        scenario.time.settle();

        assertThat(scenario.function.deliveries()).containsExactly(List.of("1", "2"), List.of("1", "2"));
        assertThat(scenario.checkpoints.load("other-mapping")).hasSize(1);
    }

    @Test
    void parentsAreDrainedBeforeTheirChildren() {
        CompletableFuture<Invocation> call = new CompletableFuture<>();
        scenario.function.behave(event -> call);
        EventSourceMapping mapping = scenario.start(config -> config.batchSize(1));
        scenario.put(1, 2);
        scenario.time.settle();
        scenario.stream.reshard(List.of(0), List.of(1, 2));
        scenario.stream.put(1, "left", "3".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        scenario.stream.put(2, "right", "4".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        scenario.time.settle();
        assertThat(data()).containsExactly("1");

        scenario.function.behave(event -> scenario.function.succeed());
        call.complete(scenario.function.succeed().join());
        scenario.time.settle();
        assertThat(data()).containsExactly("1", "2", "3", "4");

        scenario.stream.reshard(List.of(1, 2), List.of(3));
        scenario.stream.put(3, "key", "5".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        scenario.time.settle();
        assertThat(data()).containsExactly("1", "2", "3", "4", "5");
        assertThat(mapping.metrics().shards())
                .extracting(MappingMetrics.ShardMetrics::drained)
                .containsExactly(true, true, true, false);
        assertThat(scenario.checkpoints.load(MappingScenario.UUID).get(FakeStream.shardId(0)))
                .isEqualTo("SHARD_END");
    }

    @Test
    void childrenOfAShardThatWasLatestAreReadFromTheirBeginning() {
        scenario.put(1, 1);
        EventSourceMapping mapping = scenario.start(config -> config.startingPosition(StartingPosition.latest()));
        MappingScenario.ask(mapping.disable());
        scenario.time.settle();
        scenario.stream.reshard(List.of(0), List.of(1));
        scenario.stream.put(1, "key", "2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        MappingScenario.ask(mapping.enable());
        scenario.time.settle();

        assertThat(data()).containsExactly("2");
    }

    @Test
    void aStreamThatCannotBeReadForAWhileLosesNothing() {
        scenario.stream.failReads(4);
        scenario.put(1, 2);
        EventSourceMapping mapping = scenario.start(config -> config);
        assertThat(data()).isEmpty();
        scenario.time.advance(Duration.ofSeconds(10));
        assertThat(data()).containsExactly("1", "2");

        scenario.stream.failReads(3);
        scenario.put(3, 3);
        scenario.time.advance(Duration.ofSeconds(10));
        assertThat(data()).containsExactly("1", "2", "3");
        assertThat(mapping.metrics().sourceFailures()).isEqualTo(7);
    }

    @Test
    void journalHasEachDeliveryItsOutcomeAndDiscardedRecords() {
        scenario.function.behave(event -> scenario.function.fail());
        scenario.put(1, 2);
        scenario.start(config -> config.maximumRetryAttempts(1));
        scenario.time.advance(Duration.ofMinutes(1));

        assertThat(scenario.journal.after(0, 100))
                .extracting(JournalEntry::event)
                .extracting(JournalEvent::kind)
                .containsExactly(
                        JournalEvent.Kind.DELIVERED,
                        JournalEvent.Kind.ATTEMPT,
                        JournalEvent.Kind.DELIVERED,
                        JournalEvent.Kind.ATTEMPT,
                        JournalEvent.Kind.DEAD_LETTER);
        assertThat(scenario.journal.after(4, 1).get(0).event())
                .isInstanceOfSatisfying(JournalEvent.DeadLetter.class, deadLetter -> {
                    assertThat(deadLetter.condition()).isEqualTo("RetryAttemptsExhausted");
                    assertThat(deadLetter.messageId()).isEqualTo("message-1");
                    assertThat(deadLetter.range().records()).isEqualTo(2);
                });
        assertThat(scenario.journal.after(3, 1).get(0).event())
                .isInstanceOfSatisfying(JournalEvent.Attempt.class, attempt -> {
                    assertThat(attempt.result().attempt()).isEqualTo(2);
                    assertThat(attempt.requestId()).isEqualTo("request-2");
                    assertThat(attempt.result().outcome()).isEqualTo(JournalEvent.Attempt.Outcome.FAILED);
                });
    }

    @Test
    void iteratorAgeIsTheAgeOfTheLastBatchesLastRecordAndZeroWhenIdle() {
        CompletableFuture<Invocation> second = new CompletableFuture<>();
        scenario.function.behave(event -> event.has("2") ? second : scenario.function.succeed());
        scenario.put(1, 2);
        scenario.time.advance(Duration.ofSeconds(7));
        EventSourceMapping mapping = scenario.start(config -> config.batchSize(1));

        assertThat(mapping.metrics().iteratorAgeMillis()).isEqualTo(7_000);

        second.complete(scenario.function.succeed().join());
        scenario.time.settle();
        assertThat(mapping.metrics().iteratorAgeMillis())
                .as("an idle shard is not behind")
                .isZero();
    }
}
