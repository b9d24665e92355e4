package dev.ingestkit.local.gateway.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers or query parameters: all values by name, and the last value by name, which API Gateway uses where it uses
 * only one. Immutable.
 */
public record RequestParameters(Map<String, List<String>> all, Map<String, String> last) {

    /** Headers under the names as given, which are found in any letter case. */
    public static RequestParameters headers(Map<String, List<String>> byName) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.forEach((name, values) -> {
            if (!values.isEmpty()) {
                all.put(name, List.copyOf(values));
            }
        });
        return of(all, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    /** Returns a query's parameters, decoded: {@code +} is a space, a name without a value has the empty text. */
    public static RequestParameters query(String rawQuery) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        int from = 0;
        while (from < rawQuery.length()) {
            int end = rawQuery.indexOf('&', from);
            end = end < 0 ? rawQuery.length() : end;
            if (end > from) {
                add(all, rawQuery.substring(from, end));
            }
            from = end + 1;
        }
        return of(all, new LinkedHashMap<>());
    }

    private static RequestParameters of(Map<String, List<String>> all, Map<String, String> last) {
        all.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
        return new RequestParameters(Collections.unmodifiableMap(all), Collections.unmodifiableMap(last));
    }

    private static void add(Map<String, List<String>> all, String pair) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        all.computeIfAbsent(PercentEncoding.decodeQuery(name), key -> new ArrayList<>(1))
                .add(PercentEncoding.decodeQuery(value));
    }
}
