package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.api.request.Violations;
import java.util.List;
import java.util.Map;

/** Checks the members of the batch actions that DynamoDB checks first. Stateless. */
final class BatchMembers {
    static final int MAX_KEYS = 100;
    static final int MAX_WRITES = 25;
    private static final String CAPACITY = "ReturnConsumedCapacity";
    private static final String NAMES = "Map keys must satisfy constraint: "
            + "[Member must have length less than or equal to 255, Member must have length greater than or equal to 3, "
            + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]";
    private static final String WRITES = "Map value must satisfy constraint: "
            + "[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]";

    private BatchMembers() {}

    static void get(Fields request) {
        Map<String, Object> tables = request.map("RequestItems");
        new Violations().collectNull(request, "RequestItems").raise();
        if (tables.isEmpty()) {
            throw Refusals.enveloped("Value at 'RequestItems' failed to satisfy constraint: "
                    + "Member must have length greater than or equal to 1");
        }
        int keys = 0;
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            keys += keys(table.getKey(), (Fields) table.getValue());
        }
        boolean named = namesAreValid(tables);
        if (keys > MAX_KEYS && named) {
            throw Refusals.enveloped(keysText(largest(tables), "less than or equal to " + MAX_KEYS));
        }
        Violations violations = new Violations();
        if (!named) {
            violations.add(tables, "requestItems", NAMES);
        }
        violations.collect(request, CAPACITY).raise();
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            new Violations()
                    .collect((Fields) table.getValue(), "AttributesToGet")
                    .raise();
        }
    }

    private static int keys(String table, Fields reads) {
        if (!reads.has("Keys")) {
            new Violations()
                    .add(null, "requestItems." + table + ".member.keys", "Member must not be null")
                    .raise();
        }
        List<?> keys = reads.list("Keys");
        if (keys.isEmpty()) {
            throw Refusals.enveloped(keysText(table, "greater than or equal to 1"));
        }
        return keys.size();
    }

    private static String keysText(String table, String bound) {
        return "Value at 'RequestItems." + table
                + ".member.Keys' failed to satisfy constraint: Member must have length " + bound;
    }

    private static String largest(Map<String, Object> tables) {
        String largest = "";
        int most = -1;
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            int keys = ((Fields) table.getValue()).list("Keys").size();
            if (keys > most) {
                most = keys;
                largest = table.getKey();
            }
        }
        return largest;
    }

    static void write(Fields request) {
        Map<String, Object> tables = request.map("RequestItems");
        if (tables.isEmpty()) {
            throw Refusals.bare("The requestItems parameter is required for BatchWriteItem");
        }
        int writes = tables.values().stream()
                .mapToInt(list -> ((List<?>) list).size())
                .sum();
        boolean empty = tables.values().stream().anyMatch(list -> ((List<?>) list).isEmpty());
        Violations violations = new Violations();
        if (writes > MAX_WRITES || empty) {
            violations.add(tables, "requestItems", WRITES);
        }
        violations.collect(request, CAPACITY, "ReturnItemCollectionMetrics").raise();
        required(tables);
        if (!namesAreValid(tables)) {
            new Violations().add(tables, "requestItems", NAMES).raise();
        }
    }

    private static void required(Map<String, Object> tables) {
        Violations violations = new Violations();
        for (Map.Entry<String, Object> table : tables.entrySet()) {
            List<?> writes = (List<?>) table.getValue();
            for (int i = 0; i < writes.size(); i++) {
                Fields write = (Fields) writes.get(i);
                String path = "requestItems." + table.getKey() + ".member." + (i + 1) + ".member.";
                Fields put = write.struct("PutRequest");
                Fields delete = write.struct("DeleteRequest");
                if (put != null && !put.has("Item")) {
                    violations.add(null, path + "putRequest.item", "Member must not be null");
                }
                if (delete != null && !delete.has("Key")) {
                    violations.add(null, path + "deleteRequest.key", "Member must not be null");
                }
            }
        }
        violations.raise();
    }

    private static boolean namesAreValid(Map<String, Object> tables) {
        return tables.keySet().stream().allMatch(TableNames::isValid);
    }
}
