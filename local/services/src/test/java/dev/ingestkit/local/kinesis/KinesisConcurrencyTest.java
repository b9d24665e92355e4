package dev.ingestkit.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.events.ShardId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KinesisConcurrencyTest {

    private static final int WRITERS = 8;
    private static final int BATCHES = 60;
    private static final int BATCH = 25;

    private final KinesisCalls kinesis = KinesisCalls.withoutLimits();
    private final ExecutorService executor = Executors.newFixedThreadPool(WRITERS + 2);

    @AfterEach
    void close() {
        executor.shutdownNow();
        kinesis.close();
    }

    @Test
    void concurrentWritersGetIncreasingNumbersAndLoseNoRecord() throws Exception {
        kinesis.createStream("s", 4);

        Set<String> acknowledged = write();

        Set<String> found = new HashSet<>();
        for (StreamHandle.ShardInfo shard : handle().shards()) {
            SequenceNumber last = SequenceNumber.parse("0");
            for (KinesisRecord record : drain(shard.id())) {
                assertThat(record.sequenceNumber()).isGreaterThan(last);
                last = record.sequenceNumber();
                found.add(record.sequenceNumber().toString());
            }
        }
        assertThat(found).hasSize(WRITERS * BATCHES * BATCH).isEqualTo(acknowledged);
    }

    @Test
    void reshardingLosesNoRecordBetweenParentAndChild() throws Exception {
        kinesis.createStream("s", 2);
        kinesis.call("IncreaseStreamRetentionPeriod", "{'StreamName':'s','RetentionPeriodHours':168}");
        Future<Void> resharding = executor.submit(this::reshard);

        Set<String> acknowledged = write();
        resharding.get();

        Map<String, List<String>> byKey = readParentsFirst();
        assertThat(byKey.values().stream().mapToInt(List::size).sum()).isEqualTo(WRITERS * BATCHES * BATCH);
        byKey.forEach((key, texts) -> {
            List<Integer> numbers = texts.stream().map(Integer::valueOf).toList();
            assertThat(numbers).as("order of key %s across shards", key).isSorted();
        });
        assertThat(acknowledged).hasSize(WRITERS * BATCHES * BATCH);
    }

    private Void reshard() {
        for (int round = 0; round < 12; round++) {
            int target = round % 2 == 0 ? 3 : 2;
            kinesis.clock.advance(Duration.ofHours(3));
            kinesis.call(
                    "UpdateShardCount",
                    "{'StreamName':'s','TargetShardCount':%d,'ScalingType':'UNIFORM_SCALING'}".formatted(target));
        }
        return null;
    }

    private Set<String> write() throws InterruptedException, ExecutionException {
        List<Callable<Set<String>>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = "writer-" + writer;
            writers.add(() -> writeBatches(key));
        }
        Set<String> numbers = new HashSet<>();
        for (Future<Set<String>> done : executor.invokeAll(writers)) {
            numbers.addAll(done.get());
        }
        return numbers;
    }

    private Set<String> writeBatches(String key) {
        Set<String> numbers = new HashSet<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            StringBuilder records = new StringBuilder();
            for (int at = 0; at < BATCH; at++) {
                String data = KinesisCalls.base64(Integer.toString(batch * BATCH + at));
                records.append(at == 0 ? "" : ",").append("{'PartitionKey':'%s','Data':'%s'}".formatted(key, data));
            }
            JsonNode response = kinesis.call("PutRecords", "{'StreamName':'s','Records':[%s]}".formatted(records));
            assertThat(response.path("FailedRecordCount").asInt()).isZero();
            response.path("Records")
                    .forEach(result -> numbers.add(result.path("SequenceNumber").asText()));
        }
        return numbers;
    }

    private StreamHandle handle() {
        return kinesis.service.stream("s").orElseThrow();
    }

    private List<KinesisRecord> drain(ShardId shardId) {
        List<KinesisRecord> all = new ArrayList<>();
        try (ShardCursor cursor = handle().open(shardId, new IteratorPosition.TrimHorizon())) {
            ShardCursor.CursorRead read = cursor.read(500);
            while (!read.records().isEmpty()) {
                all.addAll(read.records());
                read = cursor.read(500);
            }
        }
        return all;
    }

    /** Reads as a consumer does: a shard only after its parents. */
    private Map<String, List<String>> readParentsFirst() {
        Map<String, List<String>> byKey = new HashMap<>();
        Deque<StreamHandle.ShardInfo> left = new ArrayDeque<>(handle().shards());
        Set<ShardId> done = new HashSet<>();
        while (!left.isEmpty()) {
            StreamHandle.ShardInfo shard = left.removeFirst();
            assertThat(shard.parent() == null || done.contains(shard.parent())).isTrue();
            for (KinesisRecord record : drain(shard.id())) {
                byKey.computeIfAbsent(record.partitionKey(), key -> new ArrayList<>())
                        .add(new String(record.data(), StandardCharsets.UTF_8));
            }
            done.add(shard.id());
        }
        return byKey;
    }
}
