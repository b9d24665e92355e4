package dev.ingestkit.local.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The headers of one answer. Names are the same in any letter case; names that belong to the gateway's own front end
 * are renamed as on AWS; a line break in a value cannot start another header. Not thread-safe.
 */
final class ResponseHeaders {

    private static final String REMAPPED = "x-amzn-Remapped-";
    private static final Set<String> RESERVED = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-md5",
            "date",
            "expect",
            "host",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "via",
            "warn",
            "www-authenticate");

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Sets a header of the gateway itself, under its own name. */
    void own(String name, String value) {
        headers.put(name, List.of(clean(value)));
    }

    /** Sets a header of an integration or a mapping. */
    void mapped(String name, List<String> values) {
        boolean reserved = RESERVED.contains(name.toLowerCase(java.util.Locale.ROOT));
        if (!values.isEmpty() && validName(name)) {
            headers.put(
                    reserved ? REMAPPED + name : name,
                    values.stream().map(ResponseHeaders::clean).toList());
        }
    }

    Map<String, List<String>> all() {
        return headers;
    }

    private static boolean validName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > 32 && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    private static boolean control(int c) {
        return (c < 32 && c != '\t') || c == 127;
    }

    private static String clean(String value) {
        boolean dirty = value.chars().anyMatch(ResponseHeaders::control);
        if (!dirty) {
            return value;
        }
        StringBuilder clean = new StringBuilder(value.length());
        value.chars().forEach(c -> clean.append(control(c) ? ' ' : (char) c));
        return clean.toString();
    }
}
