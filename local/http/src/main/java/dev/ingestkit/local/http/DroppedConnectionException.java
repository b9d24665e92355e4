package dev.ingestkit.local.http;

/**
 * Fails a handler's stage to end the connection (HTTP/2: the stream) without any answer, as a broken network does. It
 * serves injected faults.
 */
public final class DroppedConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DroppedConnectionException() {
        super("the connection is to be dropped without an answer", null, false, false);
    }
}
