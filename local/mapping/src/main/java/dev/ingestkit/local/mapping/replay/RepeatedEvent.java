package dev.ingestkit.local.mapping.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.mapping.InvocationResult;
import dev.ingestkit.local.mapping.queue.QueueAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event that a function receives again, past its event source mapping. The function's answer counts as the mapping
 * would take it: with ReportBatchItemFailures a batch fails by its answer, too. Immutable.
 */
public final class RepeatedEvent {

    private static final String QUEUE = "aws:sqs";

    private final String service;
    private final String source;
    private final List<String> ids;

    private RepeatedEvent(String service, String source, List<String> ids) {
        this.service = service;
        this.source = source;
        this.ids = List.copyOf(ids);
    }

    /**
     * A mapping of the function.
     *
     * @param source the ARN of its event source
     * @param reportsFailures whether it has ReportBatchItemFailures
     */
    public record Mapping(String source, boolean reportsFailures) {
        public Mapping {
            requireNonNull(source, "source");
        }
    }

    /** Reads the records of an event; an event that no mapping delivers has none. */
    public static RepeatedEvent of(byte[] event) {
        List<String> ids = new ArrayList<>();
        JsonNode first;
        try {
            JsonNode records = Json.mapper().readTree(event).path("Records");
            records.forEach(record -> ids.add(id(record)));
            first = records.path(0);
        } catch (IOException notJson) {
            return new RepeatedEvent("", "", List.of());
        }
        return new RepeatedEvent(
                first.path("eventSource").asText(), first.path("eventSourceARN").asText(), ids);
    }

    private static String id(JsonNode record) {
        return switch (record.path("eventSource").asText()) {
            case QUEUE -> record.path("messageId").asText();
            case "aws:kinesis" -> record.path("kinesis").path("sequenceNumber").asText();
            case "aws:dynamodb" ->
                record.path("dynamodb").path("SequenceNumber").asText();
            default -> "";
        };
    }

    /**
     * Returns why an answer without a function error is a failure; empty for a success. The mapping of the event's source
     * decides, else those of a source of its kind; without any, reported failures count.
     *
     * @param mappings the function's mappings
     */
    public Optional<String> failure(String answer, List<Mapping> mappings) {
        if (!isDeliveredByMapping() || !isReported(mappings)) {
            return Optional.empty();
        }
        Invocation invocation = new Invocation("", null, answer.getBytes(StandardCharsets.UTF_8), Duration.ZERO, "");
        return service.equals(QUEUE)
                ? QueueAnswer.reportedFailure(invocation, ids)
                : InvocationResult.reportedFailure(invocation, ids);
    }

    private boolean isDeliveredByMapping() {
        return !ids.isEmpty() && !ids.contains("");
    }

    private boolean isReported(List<Mapping> mappings) {
        List<Mapping> same = mappings.stream()
                .filter(mapping -> mapping.source().equals(source))
                .toList();
        // A capsule from another account names another source.
        List<Mapping> deciding = same.isEmpty()
                ? mappings.stream()
                        .filter(mapping -> mapping.source().startsWith("arn:" + service + ":"))
                        .toList()
                : same;
        return deciding.isEmpty() || deciding.stream().anyMatch(Mapping::reportsFailures);
    }
}
