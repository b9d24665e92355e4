package dev.ingestkit.local.mapping.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.pattern.EventPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A mapping's filter criteria. A record passes when any pattern matches; without patterns all pass. Immutable.
 *
 * <p>For a Kinesis record a pattern applies to {@code partitionKey}, {@code sequenceNumber},
 * {@code approximateArrivalTimestamp} and {@code kinesisSchemaVersion}, and under {@code data} its data as JSON. As on
 * AWS a record whose data is not JSON matches no pattern with {@code data}, which must itself be
 * an object. The function receives the record's own bytes.
 *
 * <p>For a DynamoDB record a pattern applies to the record as the function receives it: {@code eventName},
 * {@code dynamodb} with keys and images in DynamoDB's JSON, {@code userIdentity}, and so on.
 */
public final class EventFilter {

    private static final String DATA = "data";

    /** Keeps all digits of a number, since patterns tell apart numbers that a double does not. */
    private static final ObjectMapper JSON = Json.exactMapper();

    /** A record to filter. */
    public interface Candidate {

        /** Returns the partition key. */
        String partitionKey();

        /** Returns the sequence number. */
        SequenceNumber sequenceNumber();

        /** Returns the time of arrival in the stream. */
        Instant approximateArrival();

        /** Returns the record's data. */
        byte[] data();
    }

    private record Filter(EventPattern pattern, boolean needsData) {}

    private final EventSourceKind kind;
    private final List<Filter> filters;

    private EventFilter(EventSourceKind kind, List<Filter> filters) {
        this.kind = kind;
        this.filters = List.copyOf(filters);
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException for a pattern that AWS rejects, with its reason
     */
    public static EventFilter compile(EventSourceKind kind, List<String> patterns) {
        List<Filter> filters = new ArrayList<>(patterns.size());
        for (String pattern : patterns) {
            filters.add(filter(kind, pattern));
        }
        return new EventFilter(kind, filters);
    }

    private static Filter filter(EventSourceKind kind, String pattern) {
        try {
            JsonNode tree = JSON.readTree(pattern);
            boolean needsData = kind == EventSourceKind.KINESIS && asksForData(tree);
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

    /** Returns whether a record passes. */
    public boolean passes(Candidate record) {
        return filters.isEmpty()
                || switch (kind) {
                    case KINESIS -> kinesisPasses(record);
                    case DYNAMODB -> wholePasses(record);
                };
    }

    private boolean wholePasses(Candidate record) {
        JsonNode view;
        try {
            view = JSON.readTree(record.data());
        } catch (IOException malformed) {
            throw new UncheckedIOException("a record of a DynamoDB stream is not JSON", malformed);
        }
        return filters.stream().anyMatch(filter -> filter.pattern().matches(view));
    }

    private boolean kinesisPasses(Candidate record) {
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
                .put("sequenceNumber", record.sequenceNumber().toString())
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
