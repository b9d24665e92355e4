package dev.ingestkit.local.mapping.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A mapping's filter criteria. A record passes when any pattern matches; without patterns all pass. A pattern applies
 * to the record's {@code partitionKey}, {@code sequenceNumber}, {@code approximateArrivalTimestamp} and
 * {@code kinesisSchemaVersion}, and under {@code data} its data as JSON. As on AWS a record whose data is not JSON
 * matches no pattern with {@code data}, which must itself be an object in the pattern. The function receives the
 * record's own bytes. Immutable.
 */
public final class EventFilter {

    private static final String DATA = "data";

    /** Keeps numbers as written, since patterns compare them so. */
    private static final ObjectMapper JSON = Json.exactMapper();

    /** A record to filter. */
    public interface Candidate {

        /** Returns the partition key. */
        String partitionKey();

        /** Returns the sequence number. */
        String sequenceNumber();

        /** Returns the time of arrival in the stream. */
        Instant approximateArrival();

        /** Returns the record's data. */
        byte[] data();
    }

    private record Filter(EventPattern pattern, boolean needsData) {}

    private final List<Filter> filters;

    private EventFilter(List<Filter> filters) {
        this.filters = List.copyOf(filters);
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException for a pattern that AWS rejects, with its reason
     */
    public static EventFilter compile(List<String> patterns) {
        List<Filter> filters = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            filters.add(filter(pattern));
        }
        return new EventFilter(filters);
    }

    private static Filter filter(String pattern) {
        try {
            JsonNode tree = JSON.readTree(pattern);
            boolean needsData = asksForData(tree);
            if (needsData && tree.has(DATA) && !tree.get(DATA).isObject()) {
                throw new IllegalArgumentException("the pattern for data must be an object: " + tree.get(DATA));
            }
            return new Filter(EventPattern.parse(tree), needsData);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
    }

    private static boolean asksForData(JsonNode tree) {
        if (tree.has(DATA)) {
            return true;
        }
        for (JsonNode alternative : tree.path("$or")) {
            if (asksForData(alternative)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether a record passes. */
    public boolean passes(Candidate record) {
        if (filters.isEmpty()) {
            return true;
        }
        ObjectNode view = metadata(record);
        boolean parsed = false;
        boolean isJson = false;
        for (Filter filter : filters) {
            if (filter.needsData() && !parsed) {
                isJson = addData(view, record.data());
                parsed = true;
            }
            if ((isJson || !filter.needsData()) && filter.pattern().matches(view)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode metadata(Candidate record) {
        return JSON.createObjectNode()
                .put("kinesisSchemaVersion", "1.0")
                .put("partitionKey", record.partitionKey())
                .put("sequenceNumber", record.sequenceNumber())
                .put(
                        "approximateArrivalTimestamp",
                        BigDecimal.valueOf(record.approximateArrival().toEpochMilli(), 3));
    }

    private static boolean addData(ObjectNode view, byte[] data) {
        try {
            JsonNode tree = JSON.readTree(data);
            view.set(DATA, tree);
            return !tree.isMissingNode();
        } catch (IOException noJson) {
            return false;
        }
    }
}
