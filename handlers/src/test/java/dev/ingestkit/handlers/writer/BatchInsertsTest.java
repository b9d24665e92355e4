package dev.ingestkit.handlers.writer;

import static dev.ingestkit.handlers.writer.WriterRig.AMPLE;
import static dev.ingestkit.handlers.writer.WriterRig.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Storing new events by common inserts. */
final class BatchInsertsTest {

    private final WriterRig rig = new WriterRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void newEventsOfABatchAreInsertedByOneCallForEach25() {
        BatchResult result = rig.process(IntStream.rangeClosed(1, 60)
                .mapToObj(each -> record(each, "k" + each, "{\"n\":" + each + "}"))
                .toList());

        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STORED, 60));
        assertThat(rig.table.calls()).isEqualTo(3);
        assertThat(rig.table.payloads()).hasSize(60);
    }

    @Test
    void laterEventsOfAnIdFollowTheInsertedOne() {
        BatchResult result = rig.process(List.of(
                record(1, "a", "{\"n\":1}"),
                record(2, "b", "{\"n\":2}"),
                record(3, "a", "{\"n\":3}"),
                record(4, "a", "{\"n\":4}")));

        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STORED, 4));
        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":4}"), Map.entry("b", "{\"n\":2}"));
    }

    @Test
    void allEventsOfAHangingInsertAreRedelivered() throws Exception {
        BatchResult result = rig.processHanging(List.of(record(1, "a", "{}"), record(2, "stuck", "{}")));

        assertThat(result.lowestFailed()).contains("1");
        assertThat(result.counts()).containsOnly(Map.entry(Outcome.Kind.STOPPED, 2));
    }

    @Test
    void insertsPauseWhereMostKeysAreTaken() {
        List<EventRecord> batch = List.of(record(1, "a", "{}"), record(2, "b", "{}"), record(3, "c", "{}"));
        BatchProcessor processor = rig.processor(rig.table, ConflictPolicy.REPLACE);

        rig.process(processor, batch, () -> AMPLE);
        assertThat(rig.table.calls()).isEqualTo(1);
        rig.process(processor, batch, () -> AMPLE);
        assertThat(rig.table.calls()).isEqualTo(2);
        rig.process(processor, batch, () -> AMPLE);

        assertThat(rig.table.calls()).isEqualTo(5);
    }
}
