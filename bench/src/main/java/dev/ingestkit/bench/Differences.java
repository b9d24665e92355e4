package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two JSON values and reports each position that differs; numbers compare by value, members in any order.
 *
 * @param found receives the differences
 * @param what names the compared value in reports
 */
record Differences(List<String> found, String what) {

    void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.getNodeType() != actual.getNodeType()) {
            note(path, expected, actual);
        } else if (expected.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "." + name, expected.path(name), actual.path(name)));
        } else if (expected.isArray()) {
            for (int index = 0; index < Math.max(expected.size(), actual.size()); index++) {
                compare(path + "[" + index + "]", expected.path(index), actual.path(index));
            }
        } else if (!equal(expected, actual)) {
            note(path, expected, actual);
        }
    }

    private static boolean equal(JsonNode expected, JsonNode actual) {
        return expected.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }

    private void note(String path, JsonNode expected, JsonNode actual) {
        found.add("%s: at %s, %s was sent and %s was found".formatted(what, path, brief(expected), brief(actual)));
    }

    private static String brief(JsonNode value) {
        String text = value.isMissingNode() ? "nothing" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
