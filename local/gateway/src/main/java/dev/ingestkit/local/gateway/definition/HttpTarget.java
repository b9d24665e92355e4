package dev.ingestkit.local.gateway.definition;

import dev.ingestkit.local.gateway.document.LocalAddress;
import dev.ingestkit.local.gateway.document.Located;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A server of this machine that a method of a REST API calls. Immutable.
 *
 * @param address with the parameters of {@code path} in braces
 * @param method the method of every call; {@code ANY} for the client's
 * @param path the mapped parameters of the address by name
 * @param query the mapped query parameters by name
 */
public record HttpTarget(
        String address, String method, Map<String, ParameterSource> path, Map<String, ParameterSource> query) {

    private static final String PATH = "integration.request.path.";
    private static final String QUERY = "integration.request.querystring.";

    public HttpTarget {
        path = Collections.unmodifiableMap(new LinkedHashMap<>(path));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    }

    /** Returns the method of a call. */
    public String methodFor(String clientsMethod) {
        return method.equals(MethodDefinition.ANY) ? clientsMethod : method;
    }

    /** Returns whether a mapping of an integration's request is one of the address or the query. */
    static boolean maps(String parameter) {
        return parameter.startsWith(PATH) || parameter.startsWith(QUERY);
    }

    /**
     * Reads an integration of type {@code http} or {@code http_proxy}; the target of one that is not supported has the
     * reason.
     */
    static Integration.Target parse(Located at, boolean proxy) {
        Located connection = at.get("connectionType");
        if (connection.text().filter("VPC_LINK"::equalsIgnoreCase).isPresent()) {
            return new Integration.NotRun(
                    connection.path() + ": VPC links are not supported here; the method answers 501");
        }
        Located uri = at.get("uri");
        String address = uri.requiredText();
        // Parameters in braces are filled for each request; the host has none.
        if (!LocalAddress.isLoopback(address.replaceAll("\\{[^}]*}", "x"))) {
            return new Integration.NotRun(uri.path() + ": only back ends on this machine are called, and " + address
                    + " is not an address of it; the method answers 501. Give an http address of localhost");
        }
        Located parameters = at.get("requestParameters");
        HttpTarget target = new HttpTarget(
                address,
                at.get("httpMethod").requiredText().toUpperCase(Locale.ROOT),
                mapped(parameters, PATH),
                mapped(parameters, QUERY));
        return proxy ? new Integration.ServerProxy(target) : new Integration.Server(target);
    }

    private static Map<String, ParameterSource> mapped(Located parameters, String prefix) {
        Map<String, ParameterSource> mapped = new LinkedHashMap<>();
        parameters.fields().forEach((name, source) -> {
            if (name.startsWith(prefix)) {
                mapped.put(name.substring(prefix.length()), ParameterSource.parse(source));
            }
        });
        return mapped;
    }
}
