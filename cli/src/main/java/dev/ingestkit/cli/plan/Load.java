package dev.ingestkit.cli.plan;

/**
 * The load that clients generate.
 *
 * @param eventsPerSecond the rate; the cost takes it as the average, the capacity as the peak
 * @param bytes the size of one event's body
 */
public record Load(double eventsPerSecond, long bytes) {

    /** The maximum size of a Kinesis record with its partition key. */
    public static final long MAX_BYTES = 1_048_576;

    /** Above the rates that one account and Region can reach. */
    static final double MAX_EVENTS_PER_SECOND = 10_000_000;

    /** The size of the partition key, a UUID. */
    private static final int KEY_BYTES = 36;

    public Load {
        if (!(eventsPerSecond > 0) || eventsPerSecond > MAX_EVENTS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "the rate must be above 0 and at most 10,000,000 events/s, but is " + eventsPerSecond);
        }
        if (bytes < 1 || bytes + KEY_BYTES > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the size must be 1 to %d bytes, the limit of a Kinesis record".formatted(MAX_BYTES - KEY_BYTES)
                            + " without its key, but is " + bytes);
        }
    }

    Load at(double rate) {
        return new Load(rate, bytes);
    }

    /** Returns the size of one event in the stream. */
    long recordBytes() {
        return bytes + KEY_BYTES;
    }

    double bytesPerSecond() {
        return eventsPerSecond * recordBytes();
    }
}
