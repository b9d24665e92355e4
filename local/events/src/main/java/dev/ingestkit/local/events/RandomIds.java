package dev.ingestkit.local.events;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes ids of requests and invocations: unique, not secret. {@link UUID#randomUUID} makes ids that nobody can predict
 * and has one lock for all threads, which each event would take several times. Thread-safe.
 */
public final class RandomIds {

    private static final long VERSION = 0x4000L;
    private static final long VERSION_BITS = 0xf000L;
    private static final int VARIANT_BITS = 2;

    private RandomIds() {}

    /** Returns a random UUID (version 4). */
    public static UUID uuid() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                (random.nextLong() & ~VERSION_BITS) | VERSION, (random.nextLong() >>> VARIANT_BITS) | Long.MIN_VALUE);
    }

    /** Returns a random UUID (version 4) as text. */
    public static String text() {
        return uuid().toString();
    }
}
