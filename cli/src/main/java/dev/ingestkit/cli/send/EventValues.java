package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The values of one event's placeholders, which share one time and one person. Not thread-safe. */
public final class EventValues {

    private final long number;
    private final Instant time;
    private final RandomGenerator random;
    private String id = "{id}";
    private Words.@Nullable Person person;

    EventValues(long number, Instant time, RandomGenerator random) {
        this.number = number;
        this.time = requireNonNull(time, "time");
        this.random = requireNonNull(random, "random");
    }

    long number() {
        return number;
    }

    Instant time() {
        return time;
    }

    RandomGenerator random() {
        return random;
    }

    /** Returns the event's id, or the placeholder itself before the id is known. */
    String id() {
        return id;
    }

    void id(String value) {
        id = value;
    }

    Words.Person person() {
        Words.Person known = person;
        if (known == null) {
            known = Words.person(random);
            person = known;
        }
        return known;
    }

    /** Returns a UUID of version 7 (RFC 9562), so that later ids sort later. */
    UUID uuid() {
        long high = (time.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
