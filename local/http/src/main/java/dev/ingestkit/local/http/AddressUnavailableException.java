package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

/**
 * Thrown when the server cannot bind its address: the port is in use, or the host is not an address of this machine or
 * not allowed. The message names host, port and reason.
 */
public final class AddressUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    AddressUnavailableException(String host, int port, String reason, Throwable cause) {
        super("cannot listen on %s:%d: %s".formatted(host, port, reason), requireNonNull(cause, "cause"));
        this.host = requireNonNull(host, "host");
        this.port = port;
    }

    /** Returns the configured host. */
    public String host() {
        return host;
    }

    /** Returns the configured port. */
    public int port() {
        return port;
    }
}
