package dev.ingestkit.local.http;

import static java.util.Objects.requireNonNull;

/** The address to listen on cannot be had: in use, not this machine's, or not allowed. Names host and port. */
public final class AddressUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    AddressUnavailableException(String host, int port, String reason, Throwable cause) {
        super("cannot listen on %s:%d: %s".formatted(host, port, reason), requireNonNull(cause, "cause"));
        this.host = requireNonNull(host, "host");
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
