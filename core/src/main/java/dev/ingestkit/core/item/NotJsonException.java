package dev.ingestkit.core.item;

/** A payload that is no JSON text. */
final class NotJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    NotJsonException(String message) {
        super(message);
    }
}
