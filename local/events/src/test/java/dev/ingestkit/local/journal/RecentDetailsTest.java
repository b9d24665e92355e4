package dev.ingestkit.local.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RecentDetailsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2));
    private final RecentDetails details =
            new RecentDetails(Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC), nanos::get);

    /** Returns how many of a number of calls are wanted. */
    private long admitted(int calls) {
        return IntStream.range(0, calls).filter(call -> details.admits()).count();
    }

    private void pass(long time, TimeUnit unit) {
        nanos.addAndGet(unit.toNanos(time));
    }

    private void add(String requestId, int bytes) {
        details.add(new CallDetail.TableCall(requestId, "PutItem", new byte[bytes], 200, new byte[0], 1));
    }

    @Test
    void withoutAReaderTheFirstCallsOfEachSecondAreWanted() {
        assertThat(admitted(1_000)).isEqualTo(RecentDetails.MAX_UNWATCHED_PER_SECOND);
        pass(999, TimeUnit.MILLISECONDS);
        assertThat(admitted(1_000)).isZero();
        pass(1, TimeUnit.MILLISECONDS);
        assertThat(admitted(1_000)).isEqualTo(RecentDetails.MAX_UNWATCHED_PER_SECOND);
    }

    @Test
    void allCallsAreWantedForFiveMinutesAfterAReadersLastQuestion() {
        details.watch();
        pass(4, TimeUnit.MINUTES);
        details.watch();
        pass(RecentDetails.WATCH.toSeconds() - 1, TimeUnit.SECONDS);
        assertThat(admitted(1_000)).isEqualTo(1_000);
        pass(1, TimeUnit.SECONDS);
        assertThat(admitted(1_000)).isEqualTo(RecentDetails.MAX_UNWATCHED_PER_SECOND);
    }

    @Test
    void theLatestCallsAreKeptWithinTheBounds() {
        for (int call = 0; call <= RecentDetails.MAX_CALLS; call++) {
            add("q" + call, 1);
        }
        assertThat(details.of(Set.of("q0", "q1"))).hasSize(1);
        int largest = (int) RecentDetails.MAX_CALL_BYTES - 1_000;
        for (int call = 0; call < 20; call++) {
            add("large" + call, largest);
        }
        assertThat(details.of(Set.of("large3", "large4", "large19"))).hasSize(2);
        add("too-large", (int) RecentDetails.MAX_CALL_BYTES);
        assertThat(details.of(Set.of("too-large"))).isEmpty();
    }
}
