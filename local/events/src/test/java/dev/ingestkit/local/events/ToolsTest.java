package dev.ingestkit.local.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ToolsTest {

    @ParameterizedTest
    @CsvSource({"'', '', 0", "'', abc, 3", "kitten, sitting, 3", "Queue, queue, 0", "endpoint, endpont, 1"})
    void distancesCountLettersToChange(String from, String to, int distance) {
        assertThat(NearNames.distance(from, to)).isEqualTo(distance);
        assertThat(NearNames.distance(to, from)).isEqualTo(distance);
    }

    @Test
    void nearNamesComeNearestFirst() {
        assertThat(NearNames.within(2, "quee", List.of("stream", "queues", "quee2", "Queue")))
                .containsExactly("Queue", "quee2", "queues");
    }

    @Test
    void failuresAreUnwrapped() {
        IllegalStateException failure = new IllegalStateException("broken");
        CompletionException bare = new CompletionException("no cause", null);

        assertThat(Completions.unwrap(new CompletionException(new ExecutionException(failure))))
                .isSameAs(failure);
        assertThat(Completions.unwrap(failure)).isSameAs(failure);
        assertThat(Completions.unwrap(bare)).isSameAs(bare);
    }

    @Test
    void threadsAreDaemonsWithNumberedNames() {
        ThreadFactory factory = DaemonThreads.numbered("worker");

        assertThat(List.of(factory.newThread(() -> {}), factory.newThread(() -> {})))
                .allMatch(Thread::isDaemon)
                .extracting(Thread::getName)
                .containsExactly("worker-1", "worker-2");
        assertThat(DaemonThreads.named("loop").newThread(() -> {}).getName()).isEqualTo("loop");
    }

    @Test
    void exactNumbersKeepTheirDigits() throws Exception {
        assertThat(Json.exactMapper().readTree("{\"n\":1.2300000000000000000000}"))
                .hasToString("{\"n\":1.2300000000000000000000}");
    }
}
