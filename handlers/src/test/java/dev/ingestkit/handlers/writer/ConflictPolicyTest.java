package dev.ingestkit.handlers.writer;

import static dev.ingestkit.handlers.writer.WriterRig.AMPLE;
import static dev.ingestkit.handlers.writer.WriterRig.noise;
import static dev.ingestkit.handlers.writer.WriterRig.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.core.deadletter.ReasonCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events whose id is stored already, under each policy. */
final class ConflictPolicyTest {

    private final WriterRig rig = new WriterRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void redeliveryChangesNothing() {
        List<EventRecord> batch = List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"));
        rig.process(batch);

        BatchResult again = rig.process(batch);

        assertThat(again.counts()).containsOnlyKeys(Outcome.Kind.SUPERSEDED, Outcome.Kind.DUPLICATE);
        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
        assertThat(rig.queue.deadLetters()).isEmpty();
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
            BatchProcessor processor = rig.processor(fresh, ConflictPolicy.REPLACE);
            versions.forEach(version -> rig.process(processor, List.of(version), () -> AMPLE));

            assertThat(fresh.payloads()).as("run %d", run).containsExactly(Map.entry("a", "{\"n\":0}"));
        }
    }

    @Test
    void keepKeepsTheFirstPayload() {
        BatchResult result = rig.process(
                ConflictPolicy.KEEP,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":1}")),
                () -> AMPLE);

        assertThat(result.counts())
                .containsExactly(
                        Map.entry(Outcome.Kind.STORED, 1),
                        Map.entry(Outcome.Kind.DUPLICATE, 1),
                        Map.entry(Outcome.Kind.KEPT, 1));
        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":1}"));
    }

    @Test
    void rejectParksAnotherPayloadUnderAStoredId() {
        rig.process(
                ConflictPolicy.REJECT,
                List.of(record(1, "a", "{\"n\":1}"), record(2, "a", "{\"n\":2}"), record(3, "a", "{\"n\":1}")),
                () -> AMPLE);

        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":1}"));
        assertThat(rig.queue.deadLetters()).singleElement().satisfies(deadLetter -> {
            assertThat(deadLetter.code()).isEqualTo(ReasonCode.CONFLICT);
            assertThat(deadLetter.id()).contains("a");
            assertThat(deadLetter.payload()).contains("{\"n\":2}".getBytes(UTF_8));
        });
    }

    @Test
    void smallerVersionLeavesNoPartsOfALargerOne() {
        rig.process(List.of(record(1, "a", "{\"x\":\"" + noise(1_000_000) + "\"}")));
        assertThat(rig.table.parts("a")).isGreaterThan(1);

        rig.process(List.of(record(2, "a", "{\"n\":2}")));

        assertThat(rig.table.parts("a")).isEqualTo(1);
        assertThat(rig.table.payloads()).containsExactly(Map.entry("a", "{\"n\":2}"));
    }

    @Test
    void itemOfAnotherProgramIsReplacedExceptUnderKeep() {
        rig.table.putForeign("a");
        BatchResult kept = rig.process(ConflictPolicy.KEEP, List.of(record(1, "a", "{\"n\":1}")), () -> AMPLE);
        BatchResult replaced = rig.process(List.of(record(1, "a", "{\"n\":1}")));

        assertThat(kept.counts()).containsOnlyKeys(Outcome.Kind.KEPT);
        assertThat(replaced.counts()).containsOnlyKeys(Outcome.Kind.STORED);
    }

    @ParameterizedTest
    @CsvSource({"REPLACE, 2, STORED", "KEEP, 1, KEPT", "REJECT, 1, PARKED"})
    void eventsThatAnInsertFindsStoredFollowTheConflictPolicy(ConflictPolicy policy, int stored, Outcome.Kind outcome) {
        rig.process(List.of(record(1, "a", "{\"n\":1}")));

        BatchResult result =
                rig.process(policy, List.of(record(2, "a", "{\"n\":2}"), record(3, "b", "{\"n\":3}")), () -> AMPLE);

        assertThat(rig.table.payloads())
                .containsExactly(Map.entry("a", "{\"n\":" + stored + "}"), Map.entry("b", "{\"n\":3}"));
        assertThat(result.counts()).containsEntry(outcome, outcome == Outcome.Kind.STORED ? 2 : 1);
    }
}
