package dev.ingestkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchCostTest {

    @Test
    void costsGrowWithNumberAndSize() {
        BenchCost cost = BenchCost.ofTheTool();

        assertThat(cost.of(2_000_000, 500)).isEqualTo(2 * cost.of(1_000_000, 500));
        assertThat(cost.of(1_000_000, 100_000)).isGreaterThan(10 * cost.of(1_000_000, 500));
        // A million requests cost 3.50; the rest stays below twice that for a small event.
        assertThat(cost.of(1_000_000, 500)).isBetween(3.5, 10.5);
    }

    @Test
    void namesTheEventsAndThePriceList() {
        assertThat(BenchCost.ofTheTool().text(6_000, 500))
                .startsWith("6,000 events of about 500 bytes cost at most 0.0")
                .contains("USD")
                .endsWith("us-east-1 of 2025-12-01)");
    }
}
