package dev.ingestkit.local.gateway;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Where request ids come from; a test gives its own. Thread-safe. */
@FunctionalInterface
public interface IdSource {

    UUID next();

    /** Random version 4 ids. They name requests and protect nothing, so a fast generator serves. */
    static IdSource random() {
        return () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
            long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        };
    }
}
