package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PacerTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3, 60, 999, 5_000, 33_333})
    void keepsTheRateAlthoughEveryWaitIsLate(double rate) throws InterruptedException {
        CountingClock clock = new CountingClock(70_000);
        Pacer pacer = new Pacer(clock, rate);
        long seconds = 20;
        long[] events = new long[(int) seconds];

        while (clock.nanos() < seconds * SECOND) {
            pacer.await();
            long second = clock.nanos() / SECOND;
            if (second < seconds) {
                events[(int) second]++;
            }
        }

        double margin = 1 + rate * 70_000 / SECOND;
        for (long count : events) {
            assertThat((double) count).isBetween(rate - margin, rate + margin);
        }
    }

    @Test
    void makesUpForADelayAndThenKeepsTheRate() throws InterruptedException {
        CountingClock clock = new CountingClock(0);
        Pacer pacer = new Pacer(clock, 100);
        for (int event = 0; event < 50; event++) {
            pacer.await();
        }
        clock.pass(2 * SECOND);
        int before = 50;
        while (clock.nanos() < 4 * SECOND) {
            pacer.await();
            before++;
        }

        assertThat(before).isBetween(400, 402);
    }

    @Test
    void returnsTheScheduledMoment() throws InterruptedException {
        CountingClock clock = new CountingClock(0);
        Pacer pacer = new Pacer(clock, 10);
        pacer.await();
        clock.pass(SECOND);

        assertThat(pacer.await()).isEqualTo(SECOND / 10);
        assertThat(pacer.await()).isEqualTo(2 * SECOND / 10);
    }

    @Test
    void doesNotWaitAfterAStop() throws InterruptedException {
        CountingClock clock = new CountingClock(0);
        Pacer pacer = new Pacer(clock, 1);
        pacer.await();
        clock.stop();
        pacer.await();

        assertThat(clock.slept()).isZero();
    }
}
