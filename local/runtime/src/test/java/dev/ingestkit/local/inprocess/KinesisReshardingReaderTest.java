package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.mapping.StreamSource.Position;
import dev.ingestkit.local.mapping.StreamSource.Records;
import dev.ingestkit.local.mapping.StreamSource.Shard;
import dev.ingestkit.local.mapping.StreamSource.ShardReader;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Follows the shards as a consumer while they are split and merged during writes. */
class KinesisReshardingReaderTest {

    private static final int WRITERS = 4;
    private static final int BATCHES = 100;
    private static final int BATCH = 20;

    private final Journal journal = new Journal(Clock.systemUTC());
    private final KinesisService kinesis = new KinesisService(
            new KinesisService.Options("us-east-1", "000000000000", false, Duration.ZERO, 64 << 20),
            Clock.systemUTC(),
            journal,
            Faults.NONE,
            new SplittableRandom(5));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KinesisStreamSource source = new KinesisStreamSource(
            kinesis.createStream(StreamSpecification.provisioned("s", 2)),
            journal,
            Faults.NONE,
            threads,
            ReadPace::none);
    private final Map<String, List<Integer>> readByKey = new ConcurrentHashMap<>();
    private final CountDownLatch unread = new CountDownLatch(WRITERS * BATCHES * BATCH);
    private final Set<String> started = new HashSet<>();
    private final Set<String> done = new HashSet<>();

    @AfterEach
    void close() {
        threads.shutdownNow();
        kinesis.close();
    }

    @Test
    void everyRecordIsReadOnceAndEachKeyInOrder() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        startReadyShards();
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "key-" + writer;
            writers.add(threads.submit(() -> write(key)));
        }
        writers.add(threads.submit(this::reshard));
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }

        assertThat(unread.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(readByKey)
                .hasSize(WRITERS)
                .allSatisfy((key, numbers) ->
                        assertThat(numbers).hasSize(BATCHES * BATCH).isSorted().doesNotHaveDuplicates());
        assertThat(source.shards().toCompletableFuture().join()).hasSizeGreaterThan(10);
    }

    private void write(String key) {
        for (int batch = 0; batch < BATCHES; batch++) {
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.put("StreamName", "s");
            ArrayNode records = input.putArray("Records");
            for (int at = 0; at < BATCH; at++) {
                String number = Integer.toString(batch * BATCH + at);
                records.addObject().put("PartitionKey", key).put("Data", number.getBytes(StandardCharsets.UTF_8));
            }
            call("PutRecords", input);
        }
    }

    private void reshard() {
        for (int round = 0; round < 10; round++) {
            ObjectNode input = JsonNodeFactory.instance.objectNode();
            input.put("StreamName", "s").put("ScalingType", "UNIFORM_SCALING");
            input.put("TargetShardCount", round % 2 == 0 ? 3 : 2);
            call("UpdateShardCount", input);
        }
    }

    private void call(String action, ObjectNode input) {
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        kinesis.handle(new ServiceRequest(action, input, "r", ServiceRequest.Wire.JSON_1_1, http))
                .toCompletableFuture()
                .join();
    }

    /** Reads a shard to its end, then its children. */
    private Void follow(String shardId) throws Exception {
        try (ShardReader reader = source.open(shardId, new Position.TrimHorizon())
                .toCompletableFuture()
                .get()) {
            boolean end = false;
            while (!end) {
                reader.awaitRecords().toCompletableFuture().get();
                Records read = reader.read(7).toCompletableFuture().get();
                read.records().forEach(record -> {
                    readByKey
                            .computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                            .add(Integer.valueOf(new String(record.data(), StandardCharsets.UTF_8)));
                    unread.countDown();
                });
                end = read.endOfShard();
            }
        }
        finished(shardId);
        return null;
    }

    private synchronized void finished(String shardId) {
        done.add(shardId);
        startReadyShards();
    }

    private synchronized void startReadyShards() {
        for (Shard shard : source.shards().toCompletableFuture().join()) {
            boolean ready = Stream.of(shard.parent(), shard.adjacentParent())
                    .allMatch(parent -> parent == null || done.contains(parent));
            if (ready && started.add(shard.id())) {
                var unused = threads.submit(() -> follow(shard.id()));
            }
        }
    }
}
