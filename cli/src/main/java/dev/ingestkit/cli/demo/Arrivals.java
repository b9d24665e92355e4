package dev.ingestkit.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Tracks which events are finished, and when. Used by one thread. */
interface Arrivals extends AutoCloseable {

    /** Starts tracking an accepted event. */
    void expect(String id);

    /** Returns the moment at which the event was first seen stored. */
    Optional<Instant> storedAt(String id);

    /** Returns the number of finished events, stored or dead lettered. */
    long finished();

    /**
     * Waits until a condition holds.
     *
     * @return false when the condition did not hold in time
     */
    boolean await(Predicate<Arrivals> condition, Duration timeout);

    @Override
    void close();
}
