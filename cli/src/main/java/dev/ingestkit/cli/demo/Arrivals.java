package dev.ingestkit.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Knows which events have come to their end, and when. Used by one thread. */
interface Arrivals extends AutoCloseable {

    /** The event was accepted: its end is looked for. */
    void expect(String id);

    /** When the event was stored first, as far as it was seen. */
    Optional<Instant> storedAt(String id);

    /** How many events came to their end, stored or dead lettered. */
    long settled();

    /**
     * Looks on until a condition holds.
     *
     * @return false when it did not come true in time
     */
    boolean await(Predicate<Arrivals> condition, Duration patience);

    @Override
    void close();
}
