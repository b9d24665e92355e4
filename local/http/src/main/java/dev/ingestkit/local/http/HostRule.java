package dev.ingestkit.local.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides which host names a request may use. A web page can make its own name resolve to 127.0.0.1 and so reach a
 * local server, but it cannot make the browser send another {@code Host}. Names that do not belong to this machine are
 * therefore rejected. Immutable.
 */
final class HostRule {

    private static final Set<String> NAMES =
            Set.of("localhost", "127.0.0.1", "[::1]", "host.docker.internal", "localhost.localstack.cloud");
    private static final List<String> SUFFIXES = List.of(".localhost", ".localhost.localstack.cloud");

    private final String boundName;

    HostRule(String boundHost) {
        this.boundName = lower(boundHost.contains(":") ? "[" + boundHost + "]" : boundHost);
    }

    /**
     * Returns whether a request for this authority is accepted.
     *
     * @param authority the value of a {@code Host} header or of {@code :authority}: a name or address, with or without
     *     port
     */
    boolean allows(String authority) {
        String name = lower(withoutPort(authority));
        return NAMES.contains(name)
                || name.equals(boundName)
                || SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /** Strips {@code :PORT}. An authority whose port is not a number is returned whole, and so is never allowed. */
    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon < 0 || colon < authority.lastIndexOf(']')) {
            return authority;
        }
        String port = authority.substring(colon + 1);
        boolean number = port.length() <= 5 && port.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return number ? authority.substring(0, colon) : authority;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
