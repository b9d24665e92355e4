package dev.ingestkit.handlers.writer;

import static dev.ingestkit.handlers.writer.WriterRig.AMPLE;
import static dev.ingestkit.handlers.writer.WriterRig.noise;
import static dev.ingestkit.handlers.writer.WriterRig.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches that cannot be processed as a whole: without time, with writes that hang, with a queue that fails. */
final class BatchProcessorTest {

    private final WriterRig rig = new WriterRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void noRecordIsStartedWithoutTimeAndAllAreRedelivered() {
        BatchResult result = rig.process(
                ConflictPolicy.REPLACE,
                List.of(record(5, "a", "{}"), record(6, "b", "{}")),
                () -> Duration.ofMillis(1_900));

        assertThat(result.lowestFailed()).contains("5");
        assertThat(rig.table.payloads()).isEmpty();
    }

    @Test
    void restOfTheKeyIsRedeliveredWhenTimeRunsOut() {
        AtomicInteger writes = new AtomicInteger();
        rig.table.answering(write -> {
            writes.incrementAndGet();
            return WriteResult.Kind.WRITTEN;
        });
        BatchResult result = rig.process(
                ConflictPolicy.REPLACE,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":3}")),
                () -> writes.get() < 2 ? AMPLE : Duration.ofMillis(1_500));

        assertThat(result.lowestFailed()).contains("3");
        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
    }

    @Test
    void hangingWriteDoesNotCostTheAnswer() throws Exception {
        BatchResult result = rig.processHanging(List.of(
                record(1, "a", "{\"x\":\"" + noise(1_000_000) + "\"}"),
                record(2, "stuck", "{}"),
                record(3, "stuck", "{}")));

        assertThat(result.lowestFailed()).contains("2");
        assertThat(rig.table.payloads()).containsOnlyKeys("a");
    }

    @Test
    void failingQueueStopsTheRecordRatherThanLosingIt() {
        rig.queue.failing(deadLetter -> true);

        BatchResult result = rig.process(List.of(record(1, "a", "no json"), record(2, "b", "{}")));

        assertThat(result.lowestFailed()).contains("1");
        assertThat(rig.table.payloads()).containsOnlyKeys("b");
    }

    @Test
    void parkedRecordsAreLoggedWithoutTheirContent() {
        rig.process(List.of(record(1, "a", "secret words")));

        assertThat(rig.lines)
                .singleElement()
                .asString()
                .contains("\"parked\"", "NOT_JSON")
                .doesNotContain("secret");
    }
}
