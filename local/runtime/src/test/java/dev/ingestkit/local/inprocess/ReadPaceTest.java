package dev.ingestkit.local.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.time.RuntimeClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadPaceTest {

    private final RuntimeClock clock = RuntimeClock.system();
    private final ReadPace pace = ReadPace.of(clock);

    @Test
    void aReaderContinuesAtOnceAfterOneRecord() {
        pace.woken();
        pace.read(1);
        assertThat(pace.pause().toCompletableFuture()).isCompleted();
    }

    @Test
    void aReaderPausesForTheRestOfTheIntervalAfterSeveralRecords() throws Exception {
        long began = System.nanoTime();
        pace.woken();
        pace.read(1);
        pace.read(1);
        CompletableFuture<Void> pause = pace.pause().toCompletableFuture();
        pause.get(30, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(ReadPace.INTERVAL);
    }

    @Test
    void eachWakeUpStartsANewCountOfRecords() {
        pace.woken();
        pace.read(5);
        pace.woken();
        pace.read(1);
        assertThat(pace.pause().toCompletableFuture()).isCompleted();
    }

    @Test
    void aFrozenClockLetsNoReaderPause() {
        clock.freeze();
        pace.woken();
        pace.read(5);
        assertThat(pace.pause().toCompletableFuture()).isCompleted();
    }

    @Test
    void anAdvancingClockWaitsForAPause() throws Exception {
        pace.woken();
        pace.read(5);
        CompletableFuture<Void> pause = pace.pause().toCompletableFuture();
        clock.advance(Duration.ofSeconds(1));
        assertThat(pause).isCompleted();
    }
}
