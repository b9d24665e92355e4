package dev.ingestkit.local.http;

/**
 * Thrown by a handler's stage to close the connection (HTTP/2: the stream) without a response, as a broken network
 * does. Used by injected faults. Has no stack trace.
 */
public final class DroppedConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public DroppedConnectionException() {
        super("the connection is dropped without a response", null, false, false);
    }
}
