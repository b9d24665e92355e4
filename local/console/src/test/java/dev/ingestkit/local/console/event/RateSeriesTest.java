package dev.ingestkit.local.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.journal.RecentInvocations;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RateSeriesTest {

    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:worker:live";
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

    @Test
    void anInvocationBeforeTheLastQuarterOfAnHourIsNotCounted() {
        Instant old = TIME.minusSeconds(RateSeries.SECONDS * RateSeries.INTERVALS);
        rates.level(TIME, "inFlight", 1);
        rates.take(new RecentInvocations.Finished(1, FUNCTION, old, false, 80));
        rates.take(new RecentInvocations.Finished(2, FUNCTION, TIME, true, 80));

        JsonNode worker = rates.json(TIME).path("functions").path("worker");

        assertThat(worker.path("invocations").asInt()).isEqualTo(1);
        assertThat(worker.path("errors").asInt()).isEqualTo(1);
    }
}
