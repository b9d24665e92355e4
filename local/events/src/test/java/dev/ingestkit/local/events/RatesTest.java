package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RatesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofSeconds(2);

    @Test
    void waitsDoubleUpToTheCap() {
        Backoff backoff = Backoff.around(FIRST, CAP, 0);
        SplittableRandom random = new SplittableRandom(1);

        assertThat(backoff.after(1, random)).isEqualTo(FIRST);
        assertThat(backoff.after(3, random)).isEqualTo(FIRST.multipliedBy(4));
        assertThat(backoff.after(Integer.MAX_VALUE, random)).isEqualTo(CAP);
    }

    @Test
    void scatteredWaitsStayWithinTheirShares() {
        SplittableRandom random = new SplittableRandom(2);
        for (int draw = 0; draw < 1_000; draw++) {
            assertThat(Backoff.around(FIRST, CAP, 0.2).after(1, random))
                    .isBetween(Duration.ofMillis(80), Duration.ofMillis(120));
            assertThat(Backoff.equalJitter(FIRST, CAP).after(1, random)).isBetween(Duration.ofMillis(50), FIRST);
            assertThat(Backoff.fullJitter(FIRST, CAP).after(1, random)).isBetween(Duration.ZERO, FIRST);
        }
    }

    @Test
    void impossibleBackoffsAreRejected() {
        assertThatThrownBy(() -> Backoff.around(CAP, FIRST, 0)).hasMessageContaining("0 < first <= cap");
        assertThatThrownBy(() -> Backoff.around(FIRST, CAP, 1.5)).hasMessage("jitter must be 0 to 1: 1.5");
    }

    @Test
    void bucketsAllowABurstAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 3);

        assertThat(bucket.tryTake(3, 0)).isTrue();
        assertThat(bucket.tryTake(1, 99)).isFalse();
        assertThat(bucket.tryTake(1, 100)).isTrue();
        assertThat(bucket.tryTake(3, 10_000)).isTrue();
        assertThat(bucket.tryTake(1, 9_000)).isFalse();
    }

    @Test
    void requestsLargerThanTheBurstLeaveADebt() {
        TokenBucket bucket = new TokenBucket(1_000);

        assertThat(bucket.tryTake(5_000, 0)).isTrue();
        assertThat(bucket.tryTake(1, 4_000)).isFalse();
        assertThat(bucket.tryTake(1, 4_001)).isTrue();
    }

    @Test
    void unlimitedBucketsAreNeverEmpty() {
        TokenBucket bucket = new TokenBucket(Double.POSITIVE_INFINITY);

        assertThat(bucket.tryTake(1_000_000, 0)).isTrue();
        assertThat(bucket.tryTake(1_000_000, 0)).isTrue();
    }

    @Test
    void aPaceThatCatchesUpKeepsItsGrid() {
        Pace pace = Pace.catchingUp(10, 0);

        assertThat(pace.reserve(1, 0)).isZero();
        assertThat(pace.reserve(1, 5 * SECOND)).isEqualTo(SECOND / 10);
        assertThat(pace.reserve(3, 5 * SECOND)).isEqualTo(SECOND / 5);
        assertThat(pace.reserve(1, 5 * SECOND)).isEqualTo(SECOND / 2);
    }

    @Test
    void aSteadyPaceDoesNotMakeUpForDelays() {
        Pace pace = Pace.steady(10, 0);

        assertThat(pace.reserve(5, 0)).isZero();
        assertThat(pace.reserve(1, 0)).isEqualTo(SECOND / 2);
        assertThat(pace.reserve(1, 5 * SECOND)).isEqualTo(5 * SECOND);
        assertThat(pace.reserve(1, 5 * SECOND)).isEqualTo(5 * SECOND + SECOND / 10);
    }

    @Test
    void aPaceWithoutARateNeverWaits() {
        Pace pace = Pace.steady(0, 0);

        assertThat(pace.reserve(1_000, 7)).isEqualTo(7);
        assertThat(pace.reserve(1_000, 8)).isEqualTo(8);
    }
}
