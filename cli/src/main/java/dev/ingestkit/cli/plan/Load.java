package dev.ingestkit.cli.plan;

/**
 * What clients send.
 *
 * @param eventsPerSecond on average, for what is paid; for what has to stand ready it is the peak
 * @param bytes of one event's body
 */
public record Load(double eventsPerSecond, long bytes) {

    /** The most that Kinesis takes in one record, with its partition key. */
    public static final long MOST_BYTES = 1_048_576;

    /** Beyond what one account and Region can be asked for. */
    static final double MOST_EVENTS_PER_SECOND = 10_000_000;

    /** The event id, as partition key: a UUID. */
    private static final int KEY_BYTES = 36;

    public Load {
        if (!(eventsPerSecond > 0) || eventsPerSecond > MOST_EVENTS_PER_SECOND) {
            throw new IllegalArgumentException(
                    "the rate must be above 0 and at most 10,000,000 events/s, found " + eventsPerSecond);
        }
        if (bytes < 1 || bytes + KEY_BYTES > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "the size must be from 1 to %d bytes, what a Kinesis record holds".formatted(MOST_BYTES - KEY_BYTES)
                            + " beside its key, found " + bytes);
        }
    }

    Load at(double rate) {
        return new Load(rate, bytes);
    }

    /** One event in the stream. */
    long recordBytes() {
        return bytes + KEY_BYTES;
    }

    double bytesPerSecond() {
        return eventsPerSecond * recordBytes();
    }
}
