package dev.ingestkit.local.gateway;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The source of request ids; a test provides its own. Thread-safe. */
@FunctionalInterface
public interface IdSource {

    UUID next();

    /**
     * Returns a source of random version 4 ids. They name requests and protect nothing, so that a fast generator
     * suffices.
     */
    static IdSource random() {
        return () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
            long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        };
    }
}
