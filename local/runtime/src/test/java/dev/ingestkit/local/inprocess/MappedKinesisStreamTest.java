package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.kinesis.StreamHandle;
import dev.ingestkit.local.kinesis.StreamSpecification;
import dev.ingestkit.local.mapping.EventSourceMapping;
import dev.ingestkit.local.mapping.MappingConfig;
import dev.ingestkit.local.mapping.MappingEnvironment;
import dev.ingestkit.local.mapping.MappingState;
import dev.ingestkit.local.mapping.checkpoint.InMemoryCheckpoints;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs a mapping on a real stream of the same process, with real threads. */
final class MappedKinesisStreamTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KEYS = 20;

    private final Journal journal = new Journal(Clock.systemUTC());
    private final KinesisService kinesis = service(false);
    private final StreamHandle stream = kinesis.createStream(StreamSpecification.provisioned("events", 2));
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Map<String, List<Integer>> delivered = new ConcurrentHashMap<>();
    private final FunctionInvoker function =
            (name, payload) -> CompletableFuture.supplyAsync(() -> handle(payload), workers);

    private KinesisService service(boolean limits) {
        return new KinesisService(
                KinesisService.Options.of("us-east-1", "000000000000", limits).withSettling(Duration.ZERO),
                Clock.systemUTC(),
                journal,
                Faults.NONE,
                new SplittableRandom(1));
    }

    @AfterEach
    void close() {
        workers.shutdownNow();
        kinesis.close();
    }

    private Invocation handle(byte[] payload) {
        try {
            for (JsonNode record : JSON.readTree(payload).get("Records")) {
                String data = new String(
                        Base64.getDecoder().decode(record.at("/kinesis/data").asText()), StandardCharsets.UTF_8);
                delivered
                        .computeIfAbsent(
                                record.at("/kinesis/partitionKey").asText(), key -> new CopyOnWriteArrayList<>())
                        .add(Integer.valueOf(data));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new Invocation("request", null, new byte[0], Duration.ZERO, "");
    }

    private EventSourceMapping mapping(StreamHandle stream, StartingPosition from) {
        MappingConfig config = MappingConfig.builder(
                        "mapping", "function", stream.arn().toString())
                .startingPosition(from)
                .batchSize(50)
                .parallelizationFactor(10)
                .build();
        return new EventSourceMapping(
                config,
                MappingEnvironment.of(
                        new KinesisStreamSource(stream, journal, Faults.NONE, Runnable::run, ReadPace::none),
                        function,
                        (arn, body) -> CompletableFuture.failedFuture(new IllegalStateException("no destination")),
                        new InMemoryCheckpoints(),
                        journal,
                        Clock.systemUTC()));
    }

    private static void call(KinesisService kinesis, String action, ObjectNode input) {
        HttpRequest http = new HttpRequest(
                "POST", "/", "", Map.of(), input.toString().getBytes(StandardCharsets.UTF_8), "127.0.0.1");
        kinesis.handle(new ServiceRequest(action, input, "request", ServiceRequest.Wire.JSON_1_1, http))
                .toCompletableFuture()
                .join();
    }

    private static void put(KinesisService kinesis, int key, int number) {
        call(
                kinesis,
                "PutRecord",
                object().put("StreamName", "events")
                        .put("PartitionKey", "key-" + key)
                        .put(
                                "Data",
                                Base64.getEncoder()
                                        .encodeToString(Integer.toString(number).getBytes(StandardCharsets.UTF_8))));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void putRange(int from, int to) {
        List<CompletableFuture<Void>> writers = IntStream.range(0, KEYS)
                .mapToObj(key -> CompletableFuture.runAsync(() -> {
                    for (int number = from; number < to; number++) {
                        put(kinesis, key, number);
                    }
                }))
                .toList();
        writers.forEach(CompletableFuture::join);
    }

    @Test
    void eachKeyIsDeliveredOnceAndInOrderWhileShardsSplitAndMerge() {
        try (EventSourceMapping mapping = mapping(stream, StartingPosition.trimHorizon())) {
            mapping.start().join();
            putRange(0, 100);
            call(
                    kinesis,
                    "UpdateShardCount",
                    object().put("StreamName", "events")
                            .put("TargetShardCount", 4)
                            .put("ScalingType", "UNIFORM_SCALING"));
            putRange(100, 200);
            call(
                    kinesis,
                    "UpdateShardCount",
                    object().put("StreamName", "events")
                            .put("TargetShardCount", 2)
                            .put("ScalingType", "UNIFORM_SCALING"));
            putRange(200, 300);

            await().untilAsserted(
                            () -> assertThat(mapping.metrics().delivered()).isEqualTo(300L * KEYS));
            assertThat(delivered).hasSize(KEYS);
            assertThat(delivered.values())
                    .allSatisfy(numbers -> assertThat(numbers)
                            .containsExactlyElementsOf(
                                    IntStream.range(0, 300).boxed().toList()));
            assertThat(mapping.state()).isEqualTo(MappingState.ENABLED);
        }
    }

    @Test
    void latestMissesNoRecordPutAfterTheMappingStarted() {
        putRange(0, 10);
        try (EventSourceMapping mapping = mapping(stream, StartingPosition.latest())) {
            mapping.start().join();
            putRange(10, 30);

            await().untilAsserted(
                            () -> assertThat(mapping.metrics().delivered()).isEqualTo(20L * KEYS));
            assertThat(delivered.values())
                    .allSatisfy(numbers -> assertThat(numbers)
                            .containsExactlyElementsOf(
                                    IntStream.range(10, 30).boxed().toList()));
        }
    }

    @Test
    void aMappingIsExemptFromTheReadLimits() {
        try (KinesisService limited = service(true)) {
            StreamHandle shard = limited.createStream(StreamSpecification.provisioned("events", 1));
            try (EventSourceMapping mapping = mapping(shard, StartingPosition.trimHorizon())) {
                mapping.start().join();
                for (int number = 0; number < 100; number++) {
                    put(limited, 0, number);
                    long expected = number + 1L;
                    await().pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> mapping.metrics().delivered() == expected);
                }

                assertThat(mapping.metrics().sourceFailures()).isZero();
            }
        }
    }
}
