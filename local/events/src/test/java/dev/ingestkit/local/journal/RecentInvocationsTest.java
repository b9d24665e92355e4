package dev.ingestkit.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class RecentInvocationsTest {

    private final RecentInvocations invocations =
            new RecentInvocations(Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC));

    @Test
    void aReaderGetsEachInvocationOnce() {
        invocations.add("a", false, 1);
        invocations.add("b", true, 2);

        assertThat(invocations.after(0))
                .extracting(RecentInvocations.Finished::function)
                .containsExactly("a", "b");
        assertThat(invocations.after(1))
                .extracting(RecentInvocations.Finished::function)
                .containsExactly("b");
        assertThat(invocations.after(2)).isEmpty();
    }

    @Test
    void theOldestInvocationsAreDropped() {
        for (int call = 0; call < RecentInvocations.CAPACITY + 3; call++) {
            invocations.add("a", false, call);
        }

        assertThat(invocations.after(0)).hasSize(RecentInvocations.CAPACITY);
        assertThat(invocations.after(0).get(0).micros()).isEqualTo(3);
    }

    @Test
    void numbersContinueAfterClearing() {
        invocations.add("a", false, 1);
        invocations.clear();
        invocations.add("b", false, 2);

        assertThat(invocations.after(0))
                .extracting(RecentInvocations.Finished::number)
                .containsExactly(2L);
    }
}
