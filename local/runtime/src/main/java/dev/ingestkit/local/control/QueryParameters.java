package dev.ingestkit.local.control;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads a request's query, for the few simple parameters of this API. */
final class QueryParameters {

    private final Map<String, String> values = new HashMap<>();

    QueryParameters(String rawQuery) {
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
    }

    long number(String name, long missing) {
        String value = values.get(name);
        try {
            long number = value == null ? missing : Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException notNumber) {
            throw new IllegalArgumentException(name + " must be a whole number, found '" + value + "'", notNumber);
        }
        throw new IllegalArgumentException(name + " must not be negative, found '" + value + "'");
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(values.get(name));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
