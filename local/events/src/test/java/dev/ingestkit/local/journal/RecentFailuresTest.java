package dev.ingestkit.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class RecentFailuresTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final RecentFailures failures =
            new RecentFailures(Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC));

    @Test
    void theLastEventsAreKeptInTheirOrderWithinTheBytes() {
        for (int call = 0; call < 20; call++) {
            failures.add("request-" + call, "Writer", "failed", new byte[MEGABYTE]);
        }
        assertThat(failures.all())
                .extracting(RecentFailures.Failure::requestId)
                .startsWith("request-13")
                .endsWith("request-19");
        long bytes = failures.all().stream()
                .mapToLong(failure -> failure.event().length)
                .sum();
        assertThat(bytes).isLessThanOrEqualTo(RecentFailures.MAX_BYTES);
    }

    @Test
    void aFunctionThatFailsAgainAndAgainDoesNotPushOutTheEventsOfOthers() {
        failures.add("rare", "Worker", "failed", new byte[MEGABYTE]);
        for (int call = 0; call < 100; call++) {
            failures.add("often-" + call, "Writer", "failed", new byte[MEGABYTE]);
        }
        assertThat(failures.all().get(0).requestId()).isEqualTo("rare");
        assertThat(failures.all().get(failures.all().size() - 1).requestId()).isEqualTo("often-99");
    }

    @Test
    void smallEventsAreBoundedByTheirNumber() {
        for (int call = 0; call < RecentFailures.MAX_FAILURES + 10; call++) {
            failures.add("request-" + call, "Writer", "failed", new byte[1]);
        }
        assertThat(failures.all()).hasSize(RecentFailures.MAX_FAILURES);
        assertThat(failures.all().get(0).requestId()).isEqualTo("request-10");
    }
}
