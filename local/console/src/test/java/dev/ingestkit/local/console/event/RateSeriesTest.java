package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RateSeriesTest {

    private static final Instant TIME = Instant.parse("2026-01-31T10:00:00Z");

    private final RateSeries rates = new RateSeries();

    @Test
    void anIntervalKeepsItsHighestLevel() {
        rates.level(TIME, "inFlight", 3);
        rates.level(TIME.plusSeconds(1), "inFlight", 7);
        rates.level(TIME.plusSeconds(2), "inFlight", 2);
        rates.level(TIME.plusSeconds(RateSeries.SECONDS), "inFlight", 1);

        JsonNode intervals = rates.json(TIME.plusSeconds(RateSeries.SECONDS)).path("intervals");

        assertThat(intervals.path(RateSeries.INTERVALS - 2).path("inFlight").asInt())
                .isEqualTo(7);
        assertThat(intervals.path(RateSeries.INTERVALS - 1).path("inFlight").asInt())
                .isEqualTo(1);
    }
}
