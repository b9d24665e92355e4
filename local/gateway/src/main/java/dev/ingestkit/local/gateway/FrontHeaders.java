package dev.ingestkit.local.gateway;

import dev.ingestkit.local.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The headers of a request as API Gateway's front end passes them on: in the client's spelling, without the headers
 * of the connection, with those that the front end adds. Stateless.
 */
final class FrontHeaders {

    private static final Set<String> DROPPED = Set.of(
            "connection",
            "content-length",
            "content-md5",
            "expect",
            "max-forwards",
            "proxy-authenticate",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "www-authenticate");

    private FrontHeaders() {}

    /** Returns all values by name; names are found in any letter case. */
    static Map<String, List<String>> of(HttpRequest request, String trace) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, values) -> {
            if (!DROPPED.contains(name)) {
                all.put(request.sentNames().getOrDefault(name, name), values);
            }
        });
        List<String> host = all.remove("Host");
        if (host != null) {
            all.put("Host", host);
        }
        List<String> forwarded = new ArrayList<>(request.headers().getOrDefault("x-forwarded-for", List.of()));
        forwarded.add(request.remoteAddress());
        replace(all, "X-Forwarded-For", String.join(", ", forwarded));
        String protocol = request.header("x-forwarded-proto").orElse("http");
        replace(all, "X-Forwarded-Proto", protocol);
        replace(all, "X-Forwarded-Port", request.header("x-forwarded-port").orElseGet(() -> port(request, protocol)));
        replace(all, "X-Amzn-Trace-Id", trace);
        return all;
    }

    private static void replace(Map<String, List<String>> all, String name, String value) {
        all.remove(name);
        all.put(name, List.of(value));
    }

    /** Returns the host that a request names, without its port. */
    static String host(HttpRequest request) {
        String host = request.header("host").orElse("localhost");
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static String port(HttpRequest request, String protocol) {
        String host = request.header("host").orElse("");
        int colon = host.lastIndexOf(':');
        boolean named = colon > host.lastIndexOf(']') && colon + 1 < host.length();
        return named ? host.substring(colon + 1) : protocol.equals("https") ? "443" : "80";
    }
}
