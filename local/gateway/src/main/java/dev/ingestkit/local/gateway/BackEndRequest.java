package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.expression.PercentEncoding;
import dev.ingestkit.local.gateway.expression.RequestParameters;
import dev.ingestkit.local.gateway.httpapi.HttpIntegration.Action;
import dev.ingestkit.local.gateway.httpapi.RequestChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to an HTTP API as its back end receives it: the client's, changed by the integration's parameter mapping.
 * Every value of a mapping is resolved from the client's request. Immutable.
 *
 * @param rawQuery the query, percent-encoded
 * @param mappedPath the path that a mapping gives; null for the client's own
 */
record BackEndRequest(
        RequestParameters headers,
        RequestParameters query,
        String rawQuery,
        @Nullable String mappedPath) {

    /** Returns the request of an exchange whose route is known. */
    static BackEndRequest of(HttpExchange exchange) {
        List<RequestChange> changes = exchange.route().integration().requests();
        if (changes.isEmpty()) {
            return unchanged(exchange);
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.headers().all());
        Map<String, List<String>> query = new LinkedHashMap<>(exchange.query().all());
        boolean changesQuery = false;
        String path = null;
        for (RequestChange change : changes) {
            Optional<String> value = Optional.ofNullable(change.value().resolve(exchange));
            switch (change.part()) {
                case HEADER -> apply(change, value, headers);
                case QUERYSTRING -> {
                    apply(change, value, query);
                    changesQuery = true;
                }
                case PATH -> path = value.map(BackEndRequest::rooted).orElse(path);
            }
        }
        String rawQuery = changesQuery ? encoded(query) : exchange.request().rawQuery();
        return new BackEndRequest(
                RequestParameters.headers(headers),
                changesQuery ? RequestParameters.query(rawQuery) : exchange.query(),
                rawQuery,
                path);
    }

    /** Returns the client's request as it is. */
    static BackEndRequest unchanged(HttpExchange exchange) {
        return new BackEndRequest(
                exchange.headers(), exchange.query(), exchange.request().rawQuery(), null);
    }

    /** Returns the path as events have it: decoded, with the stage if that is part of the URL. */
    String path(HttpExchange exchange) {
        return mappedPath == null ? exchange.eventPath() : mappedPath;
    }

    private static void apply(RequestChange change, Optional<String> value, Map<String, List<String>> parameters) {
        if (change.action() == Action.REMOVE) {
            parameters.remove(change.name());
            return;
        }
        value.ifPresent(text -> {
            List<String> values = new ArrayList<>();
            if (change.action() == Action.APPEND) {
                values.addAll(parameters.getOrDefault(change.name(), List.of()));
            }
            values.add(text);
            parameters.put(change.name(), values);
        });
    }

    private static String rooted(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static String encoded(Map<String, List<String>> query) {
        StringJoiner pairs = new StringJoiner("&");
        query.forEach((name, values) -> values.forEach(
                value -> pairs.add(PercentEncoding.encodeQuery(name) + "=" + PercentEncoding.encodeQuery(value))));
        return pairs.toString();
    }
}
