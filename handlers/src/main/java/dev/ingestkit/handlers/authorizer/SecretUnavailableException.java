package dev.ingestkit.handlers.authorizer;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the secret cannot be read, so that nothing is decided. API Gateway answers 500; no request is allowed.
 */
final class SecretUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecretUnavailableException(String message) {
        this(message, null);
    }

    SecretUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
