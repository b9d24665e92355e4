package dev.ingestkit.local.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times of rates, cron expressions and single moments. */
final class ScheduleExpressionTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rate(5 minutes)          | 2026-11-28T10:17:30Z | 2026-11-28T10:20:00Z",
                "rate(1 hour)             | 2026-11-28T10:00:00Z | 2026-11-28T11:00:00Z",
                "cron(0 12 * * ? *)       | 2026-11-28T12:00:00Z | 2026-11-29T12:00:00Z",
                "cron(0/15 * * * ? *)     | 2026-11-28T10:16:00Z | 2026-11-28T10:30:00Z",
                "cron(0 10 ? * MON-FRI *) | 2026-11-28T10:00:00Z | 2026-11-30T10:00:00Z",
                "cron(0 8 1 * ? *)        | 2026-11-28T10:00:00Z | 2026-12-01T08:00:00Z",
                "cron(0 8 L * ? *)        | 2026-11-28T10:00:00Z | 2026-11-30T08:00:00Z",
                "cron(0 8 15W 11,8 ? *)   | 2026-01-28T10:00:00Z | 2026-08-14T08:00:00Z",
                "cron(0 8 ? * 2#1 *)      | 2026-11-28T10:00:00Z | 2026-12-07T08:00:00Z",
                "cron(0 8 ? * 6L *)       | 2026-11-28T10:00:00Z | 2026-12-25T08:00:00Z",
                "cron(0 0 29 2 ? *)       | 2026-11-28T10:00:00Z | 2028-02-29T00:00:00Z",
                "at(2026-12-24T18:00:00)  | 2026-11-28T10:00:00Z | 2026-12-24T18:00:00Z"
            })
    void theNextRunIsFound(String expression, String after, String next) {
        Instant started = Instant.parse("2026-11-28T10:00:00Z");

        assertThat(ScheduleExpression.parse(expression, UTC).next(started, Instant.parse(after)))
                .contains(Instant.parse(next));
    }

    @Test
    void cronFollowsItsTimeZone() {
        assertThat(ScheduleExpression.parse("cron(0 9 * * ? *)", ZoneId.of("Europe/Berlin"))
                        .next(Instant.EPOCH, Instant.parse("2026-07-01T00:00:00Z")))
                .contains(Instant.parse("2026-07-01T07:00:00Z"));
    }

    @Test
    void aPastMomentAndPastYearsHaveNoNextRun() {
        Instant now = Instant.parse("2026-11-28T10:00:00Z");

        assertThat(ScheduleExpression.parse("at(2025-12-24T18:00:00)", UTC).next(now, now))
                .isEmpty();
        assertThat(ScheduleExpression.parse("cron(0 8 1 * ? 2025)", UTC).next(now, now))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate(1 minutes)",
                "rate(5 minute)",
                "rate(0 hours)",
                "rate(5)",
                "every(5 minutes)",
                "cron(0 12 * * *)",
                "cron(0 12 * * * *)",
                "cron(0 12 ? * ? *)",
                "cron(61 12 * * ? *)",
                "cron(0 12 * FOO ? *)",
                "at(tomorrow)"
            })
    void expressionsThatEventBridgeRejectsAreRejected(String expression) {
        assertThatThrownBy(() -> ScheduleExpression.parse(expression, UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rulesDoNotRunOnceAtATime() {
        assertThatThrownBy(() -> ScheduleExpression.parseRule("at(2030-01-01T00:00:00)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not at(2030-01-01T00:00:00); a schedule of EventBridge Scheduler");
        assertThat(ScheduleExpression.parseRule("rate(5 minutes)").next(Instant.EPOCH, Instant.EPOCH))
                .contains(Instant.EPOCH.plusSeconds(300));
    }
}
