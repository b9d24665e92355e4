package dev.ingestkit.core.item;

/** Thrown for a payload that is not JSON text. */
final class NotJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
        super(message);
    }
}
