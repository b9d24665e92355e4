package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.error.TableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules for the key of a table or an index. */
final class KeySchemaRules {
    private static final int MAX_PER_KIND = 4;
    private static final String FIRST = "Invalid KeySchema: The first KeySchemaElement is not a HASH key type";
    private static final String SECOND = "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type";
    private static final String SAME =
            "Both the Hash Key and the Range Key element in the KeySchema have the same name";

    private KeySchemaRules() {}

    static List<String> names(List<Fields> elements) {
        return elements.stream().map(KeySchemaRules::name).toList();
    }

    static String name(Fields element) {
        return String.valueOf(element.text("AttributeName"));
    }

    static boolean isHash(Fields element) {
        return "HASH".equals(element.text("KeyType"));
    }

    /** Refuses a key of which the request does not define every attribute. */
    static void defined(List<Fields> key, List<String> definitions) {
        List<String> names = names(key);
        if (definitions.containsAll(names) && names.size() <= definitions.size()) {
            return;
        }
        if (names.size() > definitions.size()) {
            throw TableException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        throw ControlRules.invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: "
                + listed(names) + ", AttributeDefinitions: " + listed(definitions));
    }

    /** Returns names in DynamoDB's order: that of a hash map created with their number as its capacity. */
    static String listed(Collection<String> names) {
        Map<String, Boolean> map = new HashMap<>(new HashSet<>(names).size());
        names.forEach(name -> map.put(name, true));
        return map.keySet().toString();
    }

    /** Refuses a key of a table or a local index that is not one partition key and at most one sort key. */
    static void structure(List<Fields> key) {
        if (!isHash(key.get(0))) {
            throw TableException.validation(FIRST);
        }
        if (key.size() > 1) {
            if (name(key.get(0)).equals(name(key.get(1)))) {
                throw TableException.validation(SAME);
            }
            if (isHash(key.get(1))) {
                throw TableException.validation(SECOND);
            }
        }
    }

    /** Refuses a key of a global index that is not up to four partition keys, then up to four sort keys. */
    static void globalStructure(List<Fields> key) {
        if (!isHash(key.get(0))) {
            throw TableException.validation(FIRST);
        }
        List<String> names = names(key);
        if (names.size() == 2 && !isHash(key.get(1)) && names.get(0).equals(names.get(1))) {
            throw TableException.validation(SAME);
        }
        if (Set.copyOf(names).size() < names.size()) {
            throw TableException.validation("The KeySchema contains multiple key attributes with the same name");
        }
        for (int i = 1; i < key.size(); i++) {
            if (isHash(key.get(i)) && !isHash(key.get(i - 1))) {
                throw ControlRules.invalid(
                        "All HASH key attributes must precede RANGE key attributes in the KeySchema");
            }
        }
        atMost(key.stream().filter(KeySchemaRules::isHash), "HASH");
        atMost(key.stream().filter(element -> !isHash(element)), "RANGE");
    }

    private static void atMost(Stream<Fields> elements, String kind) {
        if (elements.count() > MAX_PER_KIND) {
            throw ControlRules.invalid(
                    "The KeySchema exceeds the maximum allowed number of " + kind + " key attributes");
        }
    }
}
