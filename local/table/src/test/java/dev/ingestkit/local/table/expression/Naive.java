package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values as plain Java objects, to check the engine against straight code: String, BigDecimal, Bytes,
 * Boolean, Nothing, Map, List and Elements.
 */
final class Naive {
    /** The attributes, and the names of map entries, that items and paths are made of. */
    static final List<String> NAMES = List.of("a", "b", "c", "d");

    /** The null value. */
    enum Nothing {
        NULL
    }

    /** A binary, as text of one byte a character. */
    record Bytes(String text) implements Comparable<Bytes> {
        @Override
        public int compareTo(Bytes other) {
            return text.compareTo(other.text);
        }
    }

    /** A set of strings, numbers or binaries. */
    record Elements(TreeSet<Object> all) {}

    private final Random random;

    Naive(Random random) {
        this.random = random;
    }

    Map<String, Object> item() {
        return map(2);
    }

    private Map<String, Object> map(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                map.put(name, value(depth));
            }
        }
        return map;
    }

    /** Returns a value of few different ones, so that equal ones are frequent. */
    Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 7)) {
            case 0 -> Boolean.valueOf(random.nextBoolean());
            case 1 -> Nothing.NULL;
            case 2 -> elements();
            case 3, 7 -> depth > 0 ? list(depth - 1) : scalar();
            case 8, 9 -> map(depth - 1);
            default -> scalar();
        };
    }

    Object scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> text();
            case 1 -> number();
            default -> new Bytes(text());
        };
    }

    BigDecimal number() {
        return new BigDecimal(List.of("0", "1", "1.0", "-1", "2", "10", "0.5", "-3E+2", "7E-3")
                .get(random.nextInt(9)));
    }

    private String text() {
        return List.of("a", "b", "ab", "abc", "", "bc").get(random.nextInt(6));
    }

    Elements elements() {
        TreeSet<Object> all = new TreeSet<>();
        int kind = random.nextInt(3);
        for (int i = 0; i <= random.nextInt(3); i++) {
            all.add(kind == 0 ? text() : kind == 1 ? number() : new Bytes(text()));
        }
        return new Elements(all);
    }

    private List<Object> list(int depth) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(depth));
        }
        return list;
    }

    /** Returns the name of a value's type. */
    static String type(Object value) {
        if (value instanceof Elements set) {
            return type(set.all.first()) + "S";
        }
        if (value instanceof String) {
            return "S";
        }
        if (value instanceof BigDecimal) {
            return "N";
        }
        if (value instanceof Bytes) {
            return "B";
        }
        if (value instanceof Boolean) {
            return "BOOL";
        }
        if (value instanceof List) {
            return "L";
        }
        return value instanceof Map ? "M" : "NULL";
    }

    static String json(Object value) {
        return "{\"" + type(value) + "\":" + content(value) + "}";
    }

    private static String content(Object value) {
        if (value instanceof Elements set) {
            return set.all.stream().map(Naive::content).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Naive::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return attributes(map);
        }
        if (value instanceof Bytes bytes) {
            byte[] raw = bytes.text.getBytes(StandardCharsets.ISO_8859_1);
            return '"' + Base64.getEncoder().encodeToString(raw) + '"';
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        return value == Nothing.NULL ? "true" : "\"" + value + "\"";
    }

    private static String attributes(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    static Item item(Map<String, Object> item) {
        return Samples.item(attributes(item));
    }

    static boolean isEqual(@Nullable Object one, @Nullable Object two) {
        if (one == null || two == null) {
            return false;
        }
        if (one instanceof BigDecimal first && two instanceof BigDecimal second) {
            return first.compareTo(second) == 0;
        }
        if (one instanceof List<?> first && two instanceof List<?> second) {
            boolean equal = first.size() == second.size();
            for (int i = 0; i < first.size() && equal; i++) {
                equal = isEqual(first.get(i), second.get(i));
            }
            return equal;
        }
        if (one instanceof Map<?, ?> first && two instanceof Map<?, ?> second) {
            return first.keySet().equals(second.keySet())
                    && first.keySet().stream().allMatch(key -> isEqual(first.get(key), second.get(key)));
        }
        return type(one).equals(type(two)) && one.equals(two);
    }

    static boolean isOrdered(Object value) {
        return value instanceof String || value instanceof BigDecimal || value instanceof Bytes;
    }

    /** Returns how two values compare, or null where they have no order. */
    @SuppressWarnings("unchecked")
    static @Nullable Integer compare(@Nullable Object one, @Nullable Object two) {
        if (one == null || two == null || !isOrdered(one) || !type(one).equals(type(two))) {
            return null;
        }
        return ((Comparable<Object>) one).compareTo(two);
    }
}
