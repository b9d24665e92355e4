package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.deadletter.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An existing stack, which also holds other events: ids and a mark identify the demonstration's.
 *
 * @param began dead letters of whole batches carry no key; all sent since then count as the demonstration's
 */
record SharedPipeline(String mark, DemoEvidence evidence, Clock clock, Instant began) implements DemoPipeline {

    SharedPipeline {
        requireNonNull(mark, "mark");
        requireNonNull(evidence, "evidence");
        requireNonNull(clock, "clock");
        requireNonNull(began, "began");
    }

    @Override
    public @Nullable Long seed(long usual) {
        return null;
    }

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(3);
    }

    @Override
    public Arrivals arrivals() {
        return new PolledArrivals(this, clock);
    }

    @Override
    public Set<String> stored(Set<String> ids) {
        return evidence.storedOf(ids);
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return evidence.deadLettersOf(mark, began);
    }
}
