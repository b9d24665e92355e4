package dev.ingestkit.handlers.authorizer;

/** Text that is no JSON, or not the JSON that was expected. */
final class JsonSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JsonSyntaxException(String message) {
        super(message);
    }
}
