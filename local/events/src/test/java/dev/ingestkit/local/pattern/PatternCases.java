package dev.ingestkit.local.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;

/**
 * Makes patterns and events from a small vocabulary, so that they often fit. Members inside {@code $or} have names of
 * their own: AWS's library replaces a member that is named outside and inside. Not thread-safe.
 */
final class PatternCases {

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> NAMES_IN_OR = List.of("d", "e");
    private static final List<String> SCALARS = List.of(
            "\"x\"",
            "\"xy\"",
            "\"Xy\"",
            "\"\"",
            "\"yx\"",
            "\"order-created\"",
            "\"10.0.0.1\"",
            "\"10.0.0.200\"",
            "\"2001:db8::1\"",
            "\"*x\"",
            "0",
            "1",
            "1.0",
            "1e0",
            "5",
            "-2.5",
            "300",
            "3.0e2",
            "9007199254740993",
            "true",
            "false",
            "null",
            "\"1\"",
            "\"true\"");
    private static final List<String> RULES = List.of(
            "{\"prefix\":\"x\"}",
            "{\"prefix\":\"\"}",
            "{\"prefix\":{\"equals-ignore-case\":\"X\"}}",
            "{\"suffix\":\"y\"}",
            "{\"suffix\":{\"equals-ignore-case\":\"Y\"}}",
            "{\"equals-ignore-case\":\"xY\"}",
            "{\"equals-ignore-case\":\"ORDER-created\"}",
            "{\"wildcard\":\"x*\"}",
            "{\"wildcard\":\"*\"}",
            "{\"wildcard\":\"*der*ted\"}",
            "{\"wildcard\":\"\\\\*x\"}",
            "{\"numeric\":[\"=\",1]}",
            "{\"numeric\":[\">\",0]}",
            "{\"numeric\":[\"<=\",5.0]}",
            "{\"numeric\":[\">=\",-2.5,\"<\",300]}",
            "{\"cidr\":\"10.0.0.0/24\"}",
            "{\"cidr\":\"10.0.0.0/25\"}",
            "{\"cidr\":\"2001:db8::/32\"}",
            "{\"exists\":true}",
            "{\"exists\":false}",
            "{\"exists\":false}",
            "{\"exactly\":\"x\"}",
            "{\"anything-but\":\"x\"}",
            "{\"anything-but\":[\"x\",\"xy\"]}",
            "{\"anything-but\":1}",
            "{\"anything-but\":[1.0,5]}",
            "{\"anything-but\":{\"prefix\":\"x\"}}",
            "{\"anything-but\":{\"prefix\":[\"x\",\"y\"]}}",
            "{\"anything-but\":{\"suffix\":\"x\"}}",
            "{\"anything-but\":{\"equals-ignore-case\":[\"XY\",\"x\"]}}",
            "{\"anything-but\":{\"wildcard\":\"x*\"}}");
    private static final int MAX_DEPTH = 2;

    private final Random random;

    PatternCases(long seed) {
        this.random = new Random(seed);
    }

    static JsonNode read(String json) {
        try {
            return Json.exactMapper().readTree(json);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    ObjectNode pattern() {
        return pattern(NAMES, 0);
    }

    private ObjectNode pattern(List<String> names, int depth) {
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        int members = 1 + random.nextInt(2);
        for (int member = 0; member < members; member++) {
            String name = pick(names);
            if (depth < MAX_DEPTH && random.nextInt(5) < 2) {
                pattern.set(name, pattern(names, depth + 1));
            } else {
                pattern.set(name, rules());
            }
        }
        if (names.equals(NAMES) && random.nextInt(6) == 0) {
            ArrayNode or = pattern.putArray("$or");
            or.add(pattern(NAMES_IN_OR, depth));
            or.add(pattern(NAMES_IN_OR, depth));
        }
        return pattern;
    }

    private ArrayNode rules() {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        int count = random.nextInt(3) == 0 ? 2 : 1;
        for (int rule = 0; rule < count; rule++) {
            rules.add(read(random.nextInt(3) == 0 ? pick(SCALARS) : pick(RULES)));
        }
        return rules;
    }

    ObjectNode event() {
        return object(0);
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            if (random.nextInt(5) > 0) {
                object.set(name, value(depth + 1));
            }
        }
        return object;
    }

    private JsonNode value(int depth) {
        int kind = depth > MAX_DEPTH ? random.nextInt(4) : random.nextInt(10);
        if (kind < 3) {
            return read(pick(SCALARS));
        }
        if (kind < 7 && depth <= MAX_DEPTH) {
            return object(depth);
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        int elements = random.nextInt(4);
        for (int element = 0; element < elements; element++) {
            array.add(depth > MAX_DEPTH ? read(pick(SCALARS)) : value(depth));
        }
        return array;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
