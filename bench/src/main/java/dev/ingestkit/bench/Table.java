package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The pipeline's table, read through DynamoDB's API. Thread-safe. */
final class Table {

    private static final int PAGE = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final AwsCalls calls;
    private final String name;

    Table(AwsCalls calls, String name) {
        this.calls = calls;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Returns whether the first part of an event is stored, by a strongly consistent read. */
    boolean holds(String eventId) {
        return calls.call("dynamodb", "GetItem", firstPart(eventId)).has("Item");
    }

    /** Returns the {@code GetItem} request for the first part of an event, strongly consistent. */
    ObjectNode firstPart(String eventId) {
        ObjectNode request = AwsCalls.object().put("TableName", name).put("ConsistentRead", true);
        request.putObject("Key").set("eventId", AwsCalls.object().put("S", eventId));
        ((ObjectNode) request.get("Key")).set("part", AwsCalls.object().put("N", "0"));
        return request.put("ProjectionExpression", "eventId");
    }

    /** Returns all parts of an event in order, by a strongly consistent query. */
    List<JsonNode> parts(String eventId) {
        ObjectNode request = AwsCalls.object().put("TableName", name).put("ConsistentRead", true);
        request.put("KeyConditionExpression", "eventId = :id");
        request.putObject("ExpressionAttributeValues")
                .set(":id", AwsCalls.object().put("S", eventId));
        return pages("Query", request);
    }

    private List<JsonNode> pages(String action, ObjectNode request) {
        List<JsonNode> items = new ArrayList<>();
        while (true) {
            JsonNode page = calls.call("dynamodb", action, request);
            page.get("Items").forEach(items::add);
            if (!page.has("LastEvaluatedKey")) {
                return items;
            }
            request.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
        }
    }

    /** Counts the items one by one, strongly consistent. */
    long count() {
        ObjectNode request = AwsCalls.object().put("TableName", name).put("ConsistentRead", true);
        // Without a limit, DynamoDB Local, which LocalStack uses, reads the rest of the table for each page.
        request.put("Select", "COUNT").put("Limit", PAGE);
        long count = 0;
        while (true) {
            JsonNode page = calls.call("dynamodb", "Scan", request);
            count += page.get("Count").asLong();
            if (!page.has("LastEvaluatedKey")) {
                return count;
            }
            request.set("ExclusiveStartKey", page.get("LastEvaluatedKey"));
        }
    }

    /**
     * Waits until the table holds the expected number of items or the time is over. The last events are polled first: a
     * count reads the whole table and would be the load itself.
     *
     * @return the last count
     */
    long await(long expected, List<String> latest, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        latest.forEach(eventId -> awaitUntil(end, eventId));
        long count = count();
        while (count < expected && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE.toNanos());
            count = count();
        }
        return count;
    }

    /**
     * Waits until the table holds all of the events.
     *
     * @throws IllegalStateException if the time is over
     */
    void awaitAll(List<String> eventIds, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        for (String eventId : eventIds) {
            if (!awaitUntil(end, eventId)) {
                throw new IllegalStateException(eventId + " is not in the table after " + timeout);
            }
        }
    }

    /** Waits until the table holds the event or the time is over; returns whether the table holds the event. */
    private boolean awaitUntil(long end, String eventId) {
        while (!holds(eventId)) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }
}
