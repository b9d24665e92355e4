package dev.ingestkit.handlers.writer;

import static dev.ingestkit.handlers.writer.WriterRig.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.event.RecordOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches with random failures beside a model that processes one record after the other. */
final class BatchModelTest {

    @Test
    void anySubsetMayFailWithoutLossOrReordering() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            for (int run = 0; run < 3_000; run++) {
                new ModelRun(new WriterRig(workers), random, "seed " + seed + ", run " + run).check();
            }
        } finally {
            workers.shutdownNow();
        }
    }

    /** A batch with random failures, a simple model's prediction, and a redelivery without failures. */
    private static final class ModelRun {

        private final String name;
        private final List<EventRecord> records = new ArrayList<>();
        private final Set<String> retryable = new LinkedHashSet<>();
        private final Set<String> permanent = new LinkedHashSet<>();
        private final WriterRig rig;

        ModelRun(WriterRig rig, Random random, String name) {
            this.rig = rig;
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
            rig.table.answering(write -> answer(sequence(write)));
            rig.queue.failing(
                    deadLetter -> retryable.contains(deadLetter.origin().sequenceNumber()));
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
            BatchResult result = rig.process(records);
            assertThat(rig.lines)
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain("no json")
                            .startsWith("{")
                            .endsWith("}\n"));
            return result;
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
            return rig.table.payloads();
        }

        private Set<String> parked() {
            Set<String> sequences = new LinkedHashSet<>();
            rig.queue.deadLetters().stream()
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
}
