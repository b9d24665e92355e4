package dev.ingestkit.handlers.writer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.ReasonCode;
import dev.ingestkit.core.event.RecordOrigin;
import dev.ingestkit.core.item.ItemEncoder;
import dev.ingestkit.core.item.ItemOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchProcessorTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(8);
    private static final Duration AMPLE = Duration.ofSeconds(60);

    private final MemoryTable table = new MemoryTable();
    private final MemoryQueue queue = new MemoryQueue();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @AfterAll
    static void stopWorkers() {
        WORKERS.shutdownNow();
    }

    private BatchResult process(List<EventRecord> records) {
        return process(ConflictPolicy.REPLACE, records, () -> AMPLE);
    }

    private BatchResult process(ConflictPolicy policy, List<EventRecord> records, BatchRun.RemainingTime remaining) {
        EventProcessor events = new EventProcessor(table, queue, policy, Clock.fixed(START, ZoneOffset.UTC));
        return new BatchProcessor(new ItemEncoder(ItemOptions.DEFAULT), events, WORKERS)
                .process(records, remaining, new WriterLog(logger(), "request-1"));
    }

    private LambdaLogger logger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                lines.add(message);
            }

            @Override
            public void log(byte[] message) {
                lines.add(new String(message, UTF_8));
            }
        };
    }

    private static EventRecord record(int sequence, String key, String payload) {
        return new EventRecord(
                payload.getBytes(UTF_8),
                new RecordOrigin(
                        "arn:s", "shardId-000000000000", Integer.toString(sequence), key, START.plusMillis(sequence)));
    }

    @Test
    void anySubsetMayFailWithoutLossOrReordering() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int run = 0; run < 3_000; run++) {
            new ModelRun(random, "seed " + seed + ", run " + run).check();
        }
    }

    /** A batch with random failures, a simple model's prediction, and a redelivery without failures. */
    private static final class ModelRun {

        private final String name;
        private final List<EventRecord> records = new ArrayList<>();
        private final Set<String> retryable = new LinkedHashSet<>();
        private final Set<String> permanent = new LinkedHashSet<>();
        private final MemoryTable table = new MemoryTable();
        private final MemoryQueue queue = new MemoryQueue();

        ModelRun(Random random, String name) {
            this.name = name;
            int size = 1 + random.nextInt(12);
            for (int i = 1; i <= size; i++) {
                boolean json = random.nextInt(8) > 0;
                records.add(record(i, "k" + random.nextInt(4), json ? "{\"n\":" + i + "}" : "no json " + i));
                int fate = random.nextInt(5);
                if (fate == 0) {
                    retryable.add(Integer.toString(i));
                } else if (fate == 1 && json) {
                    permanent.add(Integer.toString(i));
                }
            }
        }

        void check() {
            table.answering(write -> answer(sequence(write)));
            queue.failing(letter -> retryable.contains(letter.origin().sequenceNumber()));
            BatchResult result = process();

            Model model = new Model();
            assertThat(result.lowestFailed()).as(name).isEqualTo(model.lowestFailed());
            assertThat(stored()).as(name).isEqualTo(model.stored);
            assertThat(parked()).as(name).isEqualTo(model.parked);

            retryable.clear();
            BatchResult again = process();
            Model clean = new Model();
            assertThat(again.lowestFailed()).as(name).isEmpty();
            assertThat(stored()).as(name).isEqualTo(clean.stored);
            assertThat(parked()).as(name).isEqualTo(clean.parked);
        }

        private BatchResult process() {
            EventProcessor events =
                    new EventProcessor(table, queue, ConflictPolicy.REPLACE, Clock.fixed(START, ZoneOffset.UTC));
            LambdaLogger silent = new LambdaLogger() {
                @Override
                public void log(String message) {
                    assertThat(message)
                            .doesNotContain("no json")
                            .startsWith("{")
                            .endsWith("}\n");
                }

                @Override
                public void log(byte[] message) {
                    log(new String(message, UTF_8));
                }
            };
            return new BatchProcessor(new ItemEncoder(ItemOptions.DEFAULT), events, WORKERS)
                    .process(records, () -> AMPLE, new WriterLog(silent, "r"));
        }

        private WriteResult.Kind answer(String sequence) {
            if (retryable.contains(sequence)) {
                return WriteResult.Kind.FAILED;
            }
            return permanent.contains(sequence) ? WriteResult.Kind.REFUSED : WriteResult.Kind.WRITTEN;
        }

        private static String sequence(TableWrite write) {
            return write.parts()
                    .get(0)
                    .map("_ingest")
                    .orElseThrow()
                    .text("sequenceNumber")
                    .orElseThrow();
        }

        private Map<String, String> stored() {
            return table.payloads();
        }

        private Set<String> parked() {
            Set<String> sequences = new LinkedHashSet<>();
            queue.letters().stream()
                    .map(DeadLetter.Parked::origin)
                    .map(RecordOrigin::sequenceNumber)
                    .sorted()
                    .forEach(sequences::add);
            return new TreeSet<>(sequences);
        }

        /** Processes one record after the other; once a key has failed, its later records are left alone. */
        private final class Model {
            private final Map<String, String> stored = new TreeMap<>();
            private final Set<String> parked = new TreeSet<>();
            private final Set<String> stopped = new LinkedHashSet<>();
            private @Nullable String failed;

            Model() {
                records.forEach(this::apply);
            }

            private void apply(EventRecord record) {
                String payload = new String(record.payload(), UTF_8);
                boolean json = payload.startsWith("{");
                String sequence = record.origin().sequenceNumber();
                // A payload that is not JSON has no id, so such records are ordered by partition key.
                String lane = json + record.origin().partitionKey();
                if (stopped.contains(lane)) {
                    return;
                }
                if (retryable.contains(sequence)) {
                    stopped.add(lane);
                    failed = failed == null ? sequence : failed;
                } else if (!json || permanent.contains(sequence)) {
                    parked.add(sequence);
                } else {
                    stored.put(record.origin().partitionKey(), payload);
                }
            }

            Optional<String> lowestFailed() {
                return Optional.ofNullable(failed);
            }
        }
    }

    @Test
    void redeliveryChangesNothing() {
        List<EventRecord> batch = List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"));
        process(batch);

        BatchResult again = process(batch);

        assertThat(again.counts()).containsOnlyKeys(Outcome.Kind.SUPERSEDED, Outcome.Kind.DUPLICATE);
        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
        assertThat(queue.letters()).isEmpty();
    }

    @Test
    void newestVersionStaysInAnyOrderOfArrival() {
        List<EventRecord> versions = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            // Payloads repeat, so that equal ones come before and after a different one.
            versions.add(record(i, "a", "{\"n\":" + i % 2 + "}"));
        }
        Random random = new Random(11);
        for (int run = 0; run < 300; run++) {
            Collections.shuffle(versions, random);
            MemoryTable fresh = new MemoryTable();
            EventProcessor events =
                    new EventProcessor(fresh, queue, ConflictPolicy.REPLACE, Clock.fixed(START, ZoneOffset.UTC));
            BatchProcessor processor = new BatchProcessor(new ItemEncoder(ItemOptions.DEFAULT), events, WORKERS);
            versions.forEach(version -> processor.process(List.of(version), () -> AMPLE, new WriterLog(logger(), "r")));

            assertThat(fresh.payloads()).as("run %d", run).containsExactly(Map.entry("a", "{\"n\":0}"));
        }
    }

    @Test
    void keepKeepsTheFirstPayload() {
        BatchResult result = process(
                ConflictPolicy.KEEP,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":1}")),
                () -> AMPLE);

        assertThat(result.counts())
                .containsExactly(
                        Map.entry(Outcome.Kind.STORED, 1),
                        Map.entry(Outcome.Kind.DUPLICATE, 1),
                        Map.entry(Outcome.Kind.KEPT, 1));
        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":1}"));
    }

    @Test
    void rejectParksAnotherPayloadUnderAStoredId() {
        process(
                ConflictPolicy.REJECT,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":1}")),
                () -> AMPLE);

        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":1}"));
        assertThat(queue.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.code()).isEqualTo(ReasonCode.CONFLICT);
            assertThat(letter.id()).contains("a");
            assertThat(letter.payload()).contains("{\"n\":2}".getBytes(UTF_8));
        });
    }

    @Test
    void smallerVersionLeavesNoPartsOfALargerOne() {
        process(List.of(record(1, "a", "{\"x\":\"" + noise(1_000_000) + "\"}")));
        assertThat(table.parts("a")).isGreaterThan(1);

        process(List.of(record(2, "a", "{\"n\":2}")));

        assertThat(table.parts("a")).isEqualTo(1);
        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
    }

    @Test
    void itemOfAnotherProgramIsReplacedExceptUnderKeep() {
        table.putForeign("a");
        BatchResult kept = process(ConflictPolicy.KEEP, List.of(record(1, "a", "{\"n\":1}")), () -> AMPLE);
        BatchResult replaced = process(List.of(record(1, "a", "{\"n\":1}")));

        assertThat(kept.counts()).containsOnlyKeys(Outcome.Kind.KEPT);
        assertThat(replaced.counts()).containsOnlyKeys(Outcome.Kind.STORED);
    }

    @Test
    void noRecordIsStartedWithoutTimeAndAllAreRedelivered() {
        BatchResult result = process(
                ConflictPolicy.REPLACE,
                List.of(record(5, "a", "{}"), record(6, "b", "{}")),
                () -> Duration.ofMillis(1_900));

        assertThat(result.lowestFailed()).contains("5");
        assertThat(table.payloads()).isEmpty();
    }

    @Test
    void restOfTheKeyIsRedeliveredWhenTimeRunsOut() {
        AtomicInteger writes = new AtomicInteger();
        table.answering(write -> {
            writes.incrementAndGet();
            return WriteResult.Kind.WRITTEN;
        });
        BatchResult result = process(
                ConflictPolicy.REPLACE,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":3}")),
                () -> writes.get() < 2 ? AMPLE : Duration.ofMillis(1_500));

        assertThat(result.lowestFailed()).contains("3");
        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
    }

    @Test
    void hangingWriteDoesNotCostTheAnswer() throws Exception {
        BatchResult result = hanging(List.of(
                record(1, "a", "{\"x\":\"" + noise(1_000_000) + "\"}"),
                record(2, "stuck", "{}"),
                record(3, "stuck", "{}")));

        assertThat(result.lowestFailed()).contains("2");
        assertThat(table.payloads()).containsOnlyKeys("a");
    }

    @Test
    void allEventsOfAHangingInsertAreRedelivered() throws Exception {
        BatchResult result = hanging(List.of(record(1, "a", "{}"), record(2, "stuck", "{}")));

        assertThat(result.lowestFailed()).contains("1");
        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STOPPED, 2));
    }

    /** Processes records of which the write of id "stuck" does not end in time, after another write has begun. */
    private BatchResult hanging(List<EventRecord> records) throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        table.answering(write -> {
            begun.countDown();
            if (!write.eventId().equals("stuck")) {
                return WriteResult.Kind.WRITTEN;
            }
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return WriteResult.Kind.FAILED;
        });
        BatchResult result = process(
                ConflictPolicy.REPLACE,
                records,
                () -> begun.getCount() > 0 ? Duration.ofSeconds(10) : Duration.ofMillis(1_750));
        hangs.countDown();

        assertThat(begun.await(0, TimeUnit.SECONDS)).isTrue();
        return result;
    }

    @Test
    void newEventsOfABatchAreInsertedByOneCallForEach25() {
        BatchResult result = process(IntStream.rangeClosed(1, 60)
                .mapToObj(each -> record(each, "k" + each, "{\"n\":" + each + "}"))
                .toList());

        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STORED, 60));
        assertThat(table.calls()).isEqualTo(3);
        assertThat(table.payloads()).hasSize(60);
    }

    @Test
    void laterEventsOfAnIdFollowTheInsertedOne() {
        BatchResult result = process(List.of(
                record(1, "a", "{\"n\":1}"),
                record(2, "b", "{\"n\":2}"),
                record(3, "a", "{\"n\":3}"),
                record(4, "a", "{\"n\":4}")));

        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STORED, 4));
        assertThat(table.payloads()).containsExactly(Map.entry("a", "{\"n\":4}"), Map.entry("b", "{\"n\":2}"));
    }

    @ParameterizedTest
    @CsvSource({"REPLACE, 2, STORED", "KEEP, 1, KEPT", "REJECT, 1, PARKED"})
    void eventsThatAnInsertFindsStoredFollowTheConflictPolicy(ConflictPolicy policy, int stored, Outcome.Kind outcome) {
        process(List.of(record(1, "a", "{\"n\":1}")));

        BatchResult result =
                process(policy, List.of(record(2, "a", "{\"n\":2}"), record(3, "b", "{\"n\":3}")), () -> AMPLE);

        assertThat(table.payloads())
                .containsExactly(Map.entry("a", "{\"n\":" + stored + "}"), Map.entry("b", "{\"n\":3}"));
        assertThat(result.counts()).containsEntry(outcome, outcome == Outcome.Kind.STORED ? 2 : 1);
    }

    @Test
    void insertsPauseWhereMostKeysAreTaken() {
        List<EventRecord> batch = List.of(record(1, "a", "{}"), record(2, "b", "{}"), record(3, "c", "{}"));
        EventProcessor events =
                new EventProcessor(table, queue, ConflictPolicy.REPLACE, Clock.fixed(START, ZoneOffset.UTC));
        BatchProcessor processor = new BatchProcessor(new ItemEncoder(ItemOptions.DEFAULT), events, WORKERS);
        BatchRun.RemainingTime ample = () -> AMPLE;

        processor.process(batch, ample, new WriterLog(logger(), "r"));
        assertThat(table.calls()).isEqualTo(1);
        processor.process(batch, ample, new WriterLog(logger(), "r"));
        assertThat(table.calls()).isEqualTo(2);
        processor.process(batch, ample, new WriterLog(logger(), "r"));

        assertThat(table.calls()).isEqualTo(5);
    }

    @Test
    void failingQueueStopsTheRecordRatherThanLosingIt() {
        queue.failing(letter -> true);

        BatchResult result = process(List.of(record(1, "a", "no json"), record(2, "b", "{}")));

        assertThat(result.lowestFailed()).contains("1");
        assertThat(table.payloads()).containsOnlyKeys("b");
    }

    @Test
    void parkedRecordsAreLoggedWithoutTheirContent() {
        process(List.of(record(1, "a", "secret words")));

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"parked\"", "NOT_JSON")
                .doesNotContain("secret");
    }

    private static String noise(int length) {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) random.nextInt('#', '['));
        }
        return text.toString();
    }
}
