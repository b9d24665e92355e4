package dev.ingestkit.core.deadletter;

/** The reasons why the writer parks an event. The names are part of the dead letter's format. */
public enum ReasonCode {
    /** The payload is not JSON text. */
    NOT_JSON,
    /** The body's {@code eventId} cannot be a key: over 2,048 bytes, or not valid Unicode. */
    EVENT_ID_INVALID,
    /** Compressed, the payload exceeds what one transaction can write. */
    TOO_LARGE,
    /** Another payload is stored under the id, and the conflict policy is to reject. */
    CONFLICT,
    /** The table refused the item for good. */
    TABLE_REFUSED
}
