package dev.ingestkit.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.verify.Fact.Where;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<String> reported = new ArrayList<>();
    private final Comparison comparison = new Comparison((outcome, id) -> reported.add(outcome + " " + id));

    @Test
    void everyEventIsCountedOnceByItsOutcome() throws IOException {
        try (Partitions partitions = new Partitions()) {
            partitions.add(new Fact(Where.ACCEPTED, "stored", "1"));
            partitions.add(new Fact(Where.ACCEPTED, "stored", "2"));
            partitions.add(new Fact(Where.STORED, "stored", "1"));
            partitions.add(new Fact(Where.DEAD, "stored", "2"));
            partitions.add(new Fact(Where.ACCEPTED, "dead", "1"));
            partitions.add(new Fact(Where.DEAD, "dead", "1"));
            partitions.add(new Fact(Where.ACCEPTED, "dead and\n\\expired", "1"));
            partitions.add(new Fact(Where.DEAD, "dead and\n\\expired", ""));
            partitions.add(new Fact(Where.ACCEPTED, "different", "1"));
            partitions.add(new Fact(Where.STORED, "different", "2"));
            partitions.add(new Fact(Where.ACCEPTED, "missing", "1"));
            partitions.add(new Fact(Where.DEAD, "missing", "of another sender"));
            partitions.add(new Fact(Where.REFUSED, "refused", "1"));
            partitions.add(new Fact(Where.STORED, "foreign", "1"));
            partitions.each(comparison::add);
        }

        assertThat(comparison.verdict()).isEqualTo(new Verdict(5, 1, 2, 1, 1, 1, 1, 1));
        assertThat(comparison.verdict().holds()).isFalse();
        assertThat(reported)
                .containsExactlyInAnyOrder(
                        "dead lettered dead",
                        "dead lettered dead and\n\\expired",
                        "different payload different",
                        "missing missing",
                        "stored twice stored",
                        "refused refused",
                        "not in the ledger foreign");
    }

    @Test
    void aRejectedPayloadThatArrivedIsNotADifference() {
        comparison.add(List.of(
                new Fact(Where.ACCEPTED, "a", "1"),
                new Fact(Where.REFUSED, "a", "2"),
                new Fact(Where.STORED, "a", "2")));

        assertThat(comparison.verdict()).isEqualTo(new Verdict(1, 1, 0, 0, 0, 0, 0, 0));
        assertThat(comparison.verdict().holds()).isTrue();
    }
}
