package dev.ingestkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.send.OutgoingEvent;
import dev.ingestkit.cli.send.SendOutcome;
import dev.ingestkit.cli.send.SendRun;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BenchRecorderTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final BenchPlan PLAN = new BenchPlan(10, Duration.ofSeconds(5), Duration.ZERO, 1, "events");

    private final BenchRecorder recorder = new BenchRecorder(Clock.fixed(NOW, ZoneOffset.UTC), PLAN, true);

    private void ended(String id, long waitedMillis, double millis, int status) {
        long now = System.nanoTime();
        @Nullable String error = status == 200 ? null : "<b>no</b>";
        recorder.ended(
                new OutgoingEvent(1, id, new byte[0]),
                new SendOutcome(1, id, status, null, null, 1, millis, error),
                new SendRun.Moment(now - waitedMillis * 1_000_000, now));
    }

    private BenchResult result() {
        return recorder.result("here", NOW, PLAN, 5);
    }

    @Test
    void aDelayedEventIsTimedFromItsScheduledMoment() {
        recorder.begin();
        ended("a", 1_000, 5, 200);
        ended("b", 0, 5, 200);

        assertThat(result().accepted().max()).isBetween(1_004.0, 1_006.0);
        assertThat(result().accepted().p50()).isBetween(4.9, 5.1);
        assertThat(result().service().max()).isBetween(4.9, 5.1);
    }

    @Test
    void warmUpEventsAreNotMeasured() {
        ended("warm", 0, 5, 200);
        recorder.begin();
        ended("a", 0, 5, 200);

        assertThat(result().totals().sent()).isEqualTo(1);
        assertThat(result().totals().achievedRate()).isEqualTo(0.2);
    }

    @Test
    void answerAndItemMayComeInAnyOrder() {
        recorder.begin();
        recorder.stored("early", NOW.plusSeconds(1));
        ended("early", 0, 5, 200);
        ended("late", 0, 5, 200);
        recorder.stored("late", NOW.plusSeconds(2));
        ended("never", 0, 5, 200);

        BenchResult result = result();

        assertThat(result.stored())
                .isNotNull()
                .satisfies(stored -> assertThat(stored.count()).isEqualTo(2));
        assertThat(result.answers().notStored()).isEqualTo(1);
    }

    @Test
    void rejectionsAreCountedByStatusAndText() {
        recorder.begin();
        ended("a", 0, 5, 200);
        ended("b", 0, 5, 429);
        ended("c", 0, 5, 429);
        ended("d", 0, 5, 0);

        BenchResult result = result();

        assertThat(result.totals().errorRate()).isEqualTo(0.75);
        assertThat(result.answers().statuses()).hasToString("{0=1, 200=1, 429=2}");
        assertThat(result.answers().errors()).hasToString("{HTTP 0 <b>no</b>=1, HTTP 429 <b>no</b>=2}");
        assertThat(result.answers().notStored()).isEqualTo(1);
    }

    @Test
    void thePageIsSelfContainedAndEscapesAnswers() {
        recorder.begin();
        ended("a", 0, 5, 200);
        ended("b", 0, 5, 500);

        String html = new BenchPage(result()).html();

        assertThat(html)
                .contains("default-src 'none'; style-src 'sha256-")
                .contains("HTTP 500 &lt;b&gt;no&lt;/b&gt;")
                .doesNotContain("<b>")
                .doesNotContain("<script")
                .doesNotContainPattern("(?i)(src|href)=|url\\(|@import|https?://|style=");
    }

    @Test
    void longTimesStayInMilliseconds() {
        recorder.begin();
        ended("slow", 0, 24_103, 200);

        assertThat(new BenchPage(result()).html())
                .contains("24,1")
                .doesNotContain("24k <small>")
                .containsPattern("<td>24,1\\d\\d</td>");
    }

    @Test
    void theLastLabelFitsTheAxis() {
        Chart chart = new Chart("one");
        chart.xAxis(
                List.of(50.0, 99.9), rank -> rank > 99 ? Chart.RIGHT : Chart.LEFT, rank -> rank + "%", "percentile");

        assertThat(chart.svg())
                .contains("<text x=\"466.0\" y=\"242.0\" text-anchor=\"end\">99.9%</text>")
                .contains("text-anchor=\"middle\">50.0%</text>");
    }

    @Test
    void aResultWithoutEventsMakesAPage() {
        recorder.begin();

        assertThat(new BenchPage(result()).html()).doesNotContain("NaN").doesNotContain("Infinity");
    }
}
