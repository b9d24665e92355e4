package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one event's placeholders are filled with: all of them see the same time and the same person. Not thread-safe. */
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

    /** The event's id; before it is known, the placeholder itself. */
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

    /** A UUID of version 7 (RFC 9562): in the order of time, so that ids made later sort later. */
    UUID uuid() {
        long high = (time.toEpochMilli() << 16) | 0x7000L | (random.nextLong() & 0x0FFFL);
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
