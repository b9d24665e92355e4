package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Records;
import dev.ingestkit.local.mapping.StreamSource.Shard;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.mapping.StreamSource.StreamRecord;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisStreamSourceTest {

    private final AtomicReference<Optional<Faults.Fault>> fault = new AtomicReference<>(Optional.empty());
    private final Faults faults =
            (stage, target) -> stage == FaultStage.KINESIS_GET ? fault.getAndSet(Optional.empty()) : Optional.empty();
    private final Journal journal = new Journal(Clock.systemUTC());
    private final KinesisService kinesis = new KinesisService(
            KinesisService.Options.of("us-east-1", "000000000000", true),
            Clock.systemUTC(),
            journal,
            faults,
            new SplittableRandom(1));
    private final StreamHandle stream = kinesis.createStream(StreamSpecification.provisioned("s", 1));
    private final ExecutorService wakeUps = Executors.newSingleThreadExecutor(task -> new Thread(task, "wake-ups"));
    private final KinesisStreamSource source =
            new KinesisStreamSource(stream, journal, faults, wakeUps, ReadPace::none);

    @AfterEach
    void close() {
        wakeUps.shutdownNow();
        kinesis.close();
    }

    private void call(String action, ObjectNode input) {
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        kinesis.handle(new ServiceRequest(action, input, "r", ServiceRequest.Wire.JSON_1_1, http))
                .toCompletableFuture()
                .join();
    }

    private void put(String text) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("StreamName", "s").put("PartitionKey", "k");
        input.put("Data", text.getBytes(StandardCharsets.UTF_8));
        call("PutRecord", input);
    }

    private ShardReader reader(String shard, Position position) {
        return source.open(shard, position).toCompletableFuture().join();
    }

    private static List<String> texts(Records records) {
        return records.records().stream()
                .map(StreamRecord::data)
                .map(data -> new String(data, StandardCharsets.UTF_8))
                .toList();
    }

    private static Records read(ShardReader reader, int limit) {
        return reader.read(limit).toCompletableFuture().join();
    }

    @Test
    void aWaitingReaderIsWokenByThePutOnTheExecutorsThread() throws Exception {
        try (ShardReader reader = reader("shardId-000000000000", new Position.Latest())) {
            CompletableFuture<String> wokenOn = reader.awaitRecords()
                    .thenApply(woken -> Thread.currentThread().getName())
                    .toCompletableFuture();
            assertThat(wokenOn).isNotDone();

            put("one");

            assertThat(wokenOn.get(10, TimeUnit.SECONDS)).isEqualTo("wake-ups");
            assertThat(texts(read(reader, 10))).containsExactly("one");
            assertThat(reader.awaitRecords().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aRecordIsInTheJournalBeforeAReaderReceivesIt() throws Exception {
        try (ShardReader reader = reader("shardId-000000000000", new Position.TrimHorizon())) {
            List<Integer> readable = new ArrayList<>();
            AutoCloseable listening = journal.listen(() -> {
                readable.add(read(reader, 10).records().size());
                if (readable.size() == 1) {
                    put("two");
                    readable.add(read(reader, 10).records().size());
                }
            });
            put("one");
            listening.close();

            assertThat(readable)
                    .as("while each is journaled, and after the second whose elder is not yet")
                    .containsExactly(0, 0, 0);
            assertThat(texts(read(reader, 10))).containsExactly("one", "two");
        }
    }

    @Test
    void aReaderWithRecordsDoesNotWait() {
        put("one");
        put("two");
        try (ShardReader reader = reader("shardId-000000000000", new Position.TrimHorizon())) {
            assertThat(reader.awaitRecords().toCompletableFuture()).isDone();
            assertThat(texts(read(reader, 1))).containsExactly("one");
            assertThat(reader.awaitRecords().toCompletableFuture()).isDone();
            assertThat(texts(read(reader, 1))).containsExactly("two");
        }
    }

    @Test
    void readingContinuesAfterASequenceNumber() {
        put("one");
        put("two");
        SequenceNumber first;
        try (ShardReader reader = reader("shardId-000000000000", new Position.TrimHorizon())) {
            first = read(reader, 1).records().get(0).sequenceNumber();
        }

        try (ShardReader reader = reader("shardId-000000000000", new Position.AfterSequenceNumber(first))) {
            assertThat(texts(read(reader, 10))).containsExactly("two");
        }
    }

    @Test
    void theEndOfASplitShardWakesItsReaderAndParentsComeFirst() throws Exception {
        try (ShardReader reader = reader("shardId-000000000000", new Position.Latest())) {
            CompletableFuture<Void> woken = reader.awaitRecords().toCompletableFuture();
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.put("StreamName", "s").put("ShardToSplit", "shardId-000000000000");
            input.put("NewStartingHashKey", "170141183460469231731687303715884105728");
            call("SplitShard", input);

            woken.get(10, TimeUnit.SECONDS);

            assertThat(read(reader, 10).endOfShard()).isTrue();
        }
        assertThat(source.shards().toCompletableFuture().join())
                .containsExactly(
                        new Shard("shardId-000000000000", null, null, true),
                        new Shard("shardId-000000000001", "shardId-000000000000", null, false),
                        new Shard("shardId-000000000002", "shardId-000000000000", null, false));
    }

    @Test
    void closingAReaderReleasesItsWaiter() throws Exception {
        ShardReader reader = reader("shardId-000000000000", new Position.Latest());
        CompletableFuture<Void> woken = reader.awaitRecords().toCompletableFuture();

        reader.close();

        woken.get(10, TimeUnit.SECONDS);
        assertThat(reader.awaitRecords().toCompletableFuture()).isDone();
    }

    @Test
    void deletingTheStreamWakesTheReaderAndFailsItsRead() throws Exception {
        ShardReader reader = reader("shardId-000000000000", new Position.Latest());
        CompletableFuture<Void> woken = reader.awaitRecords().toCompletableFuture();

        call("DeleteStream", JsonNodeFactory.instance.objectNode().put("StreamName", "s"));

        woken.get(10, TimeUnit.SECONDS);
        assertThatThrownBy(() -> read(reader, 10)).hasMessageContaining("not found");
        reader.close();
    }

    @Test
    void aFaultFailsTheReadAndTheSameRecordsAreReadAgain() {
        put("one");
        try (ShardReader reader = reader("shardId-000000000000", new Position.TrimHorizon())) {
            for (FaultKind kind : List.of(FaultKind.THROTTLE, FaultKind.ERROR, FaultKind.DROP, FaultKind.TIMEOUT)) {
                fault.set(Optional.of(new Faults.Fault(kind, Duration.ZERO)));
                assertThatThrownBy(() -> read(reader, 10)).isInstanceOf(CompletionException.class);
            }

            fault.set(Optional.of(new Faults.Fault(FaultKind.DELAY, Duration.ofMillis(5))));
            assertThat(texts(read(reader, 10))).containsExactly("one");
        }
    }

    @Test
    void aDuplicatedReadReturnsItsRecordsAgainWithinTheNextLimits() {
        put("one");
        put("two");
        try (ShardReader reader = reader("shardId-000000000000", new Position.TrimHorizon())) {
            fault.set(Optional.of(new Faults.Fault(FaultKind.DUPLICATE, Duration.ZERO)));

            assertThat(texts(read(reader, 10))).containsExactly("one", "two");
            assertThat(reader.awaitRecords().toCompletableFuture()).isDone();
            assertThat(texts(read(reader, 1))).containsExactly("one");
            assertThat(texts(read(reader, 10))).containsExactly("two");
            assertThat(texts(read(reader, 10))).isEmpty();
            assertThat(reader.awaitRecords().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void anUnknownShardIsAFailedStage() {
        assertThatThrownBy(() -> reader("shardId-000000000009", new Position.Latest()))
                .hasMessageContaining(
                        "Shard shardId-000000000009 in stream s under account 000000000000 does not exist");
    }
}
