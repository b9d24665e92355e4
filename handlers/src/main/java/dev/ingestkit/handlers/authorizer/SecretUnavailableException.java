package dev.ingestkit.handlers.authorizer;

import org.jspecify.annotations.Nullable;

/** The secret could not be read, so nothing can be decided. API Gateway answers 500; nobody is let in. */
final class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretUnavailableException(String message) {
        this(message, null);
    }

    SecretUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
