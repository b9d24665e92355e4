package dev.ingestkit.core.event;

import static java.util.Objects.requireNonNull;

/**
 * The key under which an event is stored.
 *
 * @param value the body's {@code eventId} if it is a non-empty string or a number (as it was written), else the id of
 *     the request's path, which is the record's partition key
 * @param source whether it comes from the body or the path
 */
public record EventId(String value, Source source) {

    /** DynamoDB's limit for a partition key, in bytes of UTF-8. */
    public static final int MAX_BYTES = 2048;

    public EventId {
        requireNonNull(value, "value");
        requireNonNull(source, "source");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an event id must not be empty");
        }
    }

    /** The parts of a request that an event id may come from. */
    public enum Source {
        BODY,
        PATH
    }
}
