package dev.ingestkit.handlers.authorizer;

/** Thrown for text that is not JSON, or not the JSON that was expected. */
final class JsonSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message) {
        super(message);
    }
}
