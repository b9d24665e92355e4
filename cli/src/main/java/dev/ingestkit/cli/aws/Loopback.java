package dev.ingestkit.cli.aws;

import java.net.URI;

/** Recognizes endpoints on this machine. */
final class Loopback {

    private Loopback() {}

    static boolean is(URI endpoint) {
        String host = String.valueOf(endpoint.getHost());
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** Returns whether the endpoint is on this machine and without encryption. */
    static boolean isPlain(URI endpoint) {
        return is(endpoint) && "http".equalsIgnoreCase(endpoint.getScheme());
    }
}
