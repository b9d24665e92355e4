package dev.ingestkit.core.deadletter;

/** Thrown for a message that is not a dead letter of a known format. */
public final class DeadLetterFormatException extends Exception {

    private static final long serialVersionUID = 1L;

    DeadLetterFormatException(String message) {
        super(message);
    }

    DeadLetterFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
