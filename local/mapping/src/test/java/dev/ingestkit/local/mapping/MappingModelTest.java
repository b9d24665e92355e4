package dev.ingestkit.local.mapping;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.events.Backoff;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.functions.InvokeRejectedException;
import dev.ingestkit.local.functions.InvokeRejectedException.Reason;
import dev.ingestkit.local.mapping.MappingModel.Seen;
import dev.ingestkit.local.mapping.ModelCase.Answer;
import dev.ingestkit.local.mapping.ModelCase.Put;
import dev.ingestkit.local.mapping.ModelCase.Reshard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compares the mapping with the model: thousands of random cases of configurations, records, failures, throttles, ages,
 * windows, splits and merges. Deliveries and messages must have the same order and virtual times. A
 * failure prints its seed; {@code -Dmapping.seed=N} runs that one alone.
 */
final class MappingModelTest {

    private static final int RUNS = 10_000;

    @Test
    void mappingBehavesLikeTheModel() {
        Long one = Long.getLong("mapping.seed");
        long seed = one != null ? one : ThreadLocalRandom.current().nextLong();
        for (int run = 0; run < (one != null ? 1 : RUNS); run++) {
            long next = seed + run;
            ModelCase given = new ModelCase(next);
            Map<Integer, List<Seen>> expected = new MappingModel(given).run();
            Real real = new Real(given);
            assertThat(real.run())
                    .as("-Dmapping.seed=%d %s", next, given.config)
                    .isEqualTo(expected);
            real.verifyEnd(next);
        }
    }

    /** The real mapping, run on a case. */
    private static final class Real {

        private static final ObjectMapper JSON = new ObjectMapper();

        private final ModelCase given;
        private final MappingScenario scenario;
        private final ModelCase.Treatment treatment;
        private final Instant epoch;
        private final Map<Integer, List<Seen>> seen = new TreeMap<>();
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, String> lastSequence = new HashMap<>();
        private EventSourceMapping mapping;
        private int messages;

        private Real(ModelCase given) {
            this.given = given;
            this.scenario = new MappingScenario(given.firstShards, given.kind);
            this.scenario.backoff = Backoff.around(ModelCase.BACKOFF, ModelCase.BACKOFF, 0);
            this.treatment = given.treatment();
            this.epoch = scenario.time.instant();
            this.mapping = scenario.create(config -> given.config.toBuilder());
            scenario.function.behave(this::answer);
            IntStream.range(0, given.firstShards).forEach(shard -> seen.put(shard, new ArrayList<>()));
        }

        private Map<Integer, List<Seen>> run() {
            MappingScenario.ask(mapping.start());
            scenario.time.settle();
            int nextPut = 0;
            int nextReshard = 0;
            while (nextPut < given.puts.size() || nextReshard < given.reshards.size()) {
                long put = nextPut < given.puts.size() ? given.puts.get(nextPut).atMillis() : Long.MAX_VALUE;
                long reshard = nextReshard < given.reshards.size()
                        ? given.reshards.get(nextReshard).atMillis()
                        : Long.MAX_VALUE;
                advanceTo(Math.min(put, reshard));
                if (put < reshard) {
                    while (nextPut < given.puts.size()
                            && given.puts.get(nextPut).atMillis() == put) {
                        put(given.puts.get(nextPut++));
                    }
                } else {
                    reshard(given.reshards.get(nextReshard++));
                }
                scenario.time.settle();
            }
            scenario.time.advance(given.length());
            noteMessages();
            return seen;
        }

        private void advanceTo(long millis) {
            scenario.time.advance(Duration.between(scenario.time.instant(), epoch.plusMillis(millis)));
        }

        private void put(Put put) {
            String data =
                    "{\"id\":%d,\"pass\":%b}".formatted(put.id(), put.nature().passesFilter());
            String sequence = scenario.stream.put(put.shard(), "key", data.getBytes(StandardCharsets.UTF_8));
            ids.put(sequence, put.id());
            lastSequence.put(put.shard(), sequence);
        }

        private void reshard(Reshard reshard) {
            scenario.stream.reshard(reshard.parents(), reshard.children());
            reshard.children().forEach(child -> seen.put(child, new ArrayList<>()));
        }

        private CompletableFuture<Invocation> answer(FakeFunction.Event event) {
            noteMessages();
            List<Integer> batch = event.sequenceNumbers().stream().map(ids::get).toList();
            int shard = given.puts.get(batch.get(0) - 1).shard();
            note(shard, scenario.time.instant(), "delivered " + batch);
            Answer answer = treatment.of(batch);
            return switch (answer.kind()) {
                case SUCCESS -> scenario.function.succeed();
                case ERROR -> scenario.function.fail();
                case THROTTLED ->
                    CompletableFuture.failedFuture(new InvokeRejectedException(Reason.THROTTLED, "Rate exceeded"));
                case REPORT -> scenario.function.report(event.sequenceNumbers().get(answer.firstFailed()));
            };
        }

        /** Messages carry their own time and shard, so only their order matters here. */
        private void noteMessages() {
            while (messages < scenario.destination.messages.size()) {
                JsonNode message = parse(scenario.destination.messages.get(messages++));
                JsonNode info =
                        message.get(given.kind == EventSourceKind.KINESIS ? "KinesisBatchInfo" : "DDBStreamBatchInfo");
                int first =
                        requireNonNull(ids.get(info.get("startSequenceNumber").asText()));
                int last = requireNonNull(ids.get(info.get("endSequenceNumber").asText()));
                int shard = given.puts.get(first - 1).shard();
                List<Integer> records = given.puts.stream()
                        .filter(put -> put.shard() == shard && put.id() >= first && put.id() <= last)
                        .filter(put -> given.config.settings().filterPatterns().isEmpty()
                                || put.nature().passesFilter())
                        .map(Put::id)
                        .toList();
                assertThat(info.get("batchSize").intValue()).isEqualTo(records.size());
                note(
                        shard,
                        Instant.parse(message.get("timestamp").asText()),
                        "%s after %d %s"
                                .formatted(
                                        message.at("/requestContext/condition").asText(),
                                        message.at("/requestContext/approximateInvokeCount")
                                                .intValue(),
                                        records));
            }
        }

        private void note(int shard, Instant at, String what) {
            requireNonNull(seen.get(shard))
                    .add(new Seen(Duration.between(epoch, at).toMillis(), what));
        }

        private static JsonNode parse(String text) {
            try {
                return JSON.readTree(text);
            } catch (IOException broken) {
                throw new UncheckedIOException("the message is not JSON", broken);
            }
        }

        /** Every record is accounted for, and each shard's checkpoint is its end. */
        private void verifyEnd(long seed) {
            MappingMetrics metrics = mapping.metrics();
            assertThat(metrics.delivered() + metrics.dropped() + metrics.filtered())
                    .as("-Dmapping.seed=%d %s", seed, metrics)
                    .isEqualTo(given.puts.size());
            Map<String, String> checkpoints = scenario.checkpoints.load(MappingScenario.UUID);
            List<Integer> closed = given.reshards.stream()
                    .flatMap(reshard -> reshard.parents().stream())
                    .toList();
            lastSequence.forEach((shard, sequence) -> assertThat(checkpoints.get(FakeStream.shardId(shard)))
                    .as("-Dmapping.seed=%d shard %d", seed, shard)
                    .isEqualTo(closed.contains(shard) ? "SHARD_END" : sequence));
        }
    }
}
