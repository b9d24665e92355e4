package dev.ingestkit.local.gateway.document;

import java.net.URI;

/** Recognizes the HTTP addresses of this machine, the only ones that the gateway calls. Stateless. */
public final class LocalAddress {

    private LocalAddress() {}

    /** Returns whether a text is an {@code http} or {@code https} address whose host is this machine. */
    public static boolean isLoopback(String address) {
        try {
            URI uri = URI.create(address);
            String host = String.valueOf(uri.getHost());
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return isHttp && (host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]"));
        } catch (IllegalArgumentException malformed) {
            // A text that is not an address names no host.
            return false;
        }
    }
}
