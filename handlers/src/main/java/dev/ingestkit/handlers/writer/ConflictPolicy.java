package dev.ingestkit.handlers.writer;

import java.util.Arrays;
import java.util.Locale;

/** The policy for an event whose id is already stored with another payload. */
enum ConflictPolicy {
    /** The newer event replaces the stored one. */
    REPLACE,
    /** The event that was stored first stays. */
    KEEP,
    /** The event that was stored first stays, the other is parked. */
    REJECT;

    static ConflictPolicy named(String name) {
        for (ConflictPolicy policy : values()) {
            if (policy.name().equals(name.toUpperCase(Locale.ROOT))) {
                return policy;
            }
        }
        throw new IllegalArgumentException("CONFLICT_POLICY must be one of "
                + Arrays.toString(values()).toLowerCase(Locale.ROOT) + ", but is '" + name + "'");
    }
}
