package dev.ingestkit.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A function that keeps each event and answers as the test sets. */
final class FakeFunction implements FunctionInvoker {

    /** The behavior of a test's function for one event. */
    @FunctionalInterface
    interface Behavior {
        CompletableFuture<Invocation> answer(Event event);
    }

    /** One delivered event. */
    record Event(JsonNode json, String text, List<String> sequenceNumbers, List<String> data) {

        boolean has(String datum) {
            return data.contains(datum);
        }

        String sequenceOf(String datum) {
            return sequenceNumbers.get(data.indexOf(datum));
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new ArrayList<>();
    private Behavior behavior = event -> succeed();
    private int requests;

    FakeFunction behave(Behavior next) {
        behavior = next;
        return this;
    }

    List<Event> events() {
        return events;
    }

    /** The data of each delivery. */
    List<List<String>> deliveries() {
        return events.stream().map(Event::data).toList();
    }

    @Override
    public CompletableFuture<Invocation> invoke(String function, byte[] payload) {
        Event event = parse(payload);
        events.add(event);
        return behavior.answer(event);
    }

    private static Event parse(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            List<String> sequences = new ArrayList<>();
            List<String> data = new ArrayList<>();
            for (JsonNode record : json.get("Records")) {
                if (record.has("dynamodb")) {
                    sequences.add(record.at("/dynamodb/SequenceNumber").asText());
                    data.add(record.at("/dynamodb/NewImage").toString());
                    continue;
                }
                sequences.add(record.at("/kinesis/sequenceNumber").asText());
                byte[] bytes =
                        Base64.getDecoder().decode(record.at("/kinesis/data").asText());
                data.add(bytes.length > 100 ? bytes.length + " bytes" : new String(bytes, StandardCharsets.UTF_8));
            }
            return new Event(json, new String(payload, StandardCharsets.UTF_8), sequences, data);
        } catch (IOException broken) {
            throw new UncheckedIOException("the event is not JSON", broken);
        }
    }

    CompletableFuture<Invocation> succeed() {
        return answer("null");
    }

    CompletableFuture<Invocation> answer(String payload) {
        return CompletableFuture.completedFuture(new Invocation(
                "request-" + ++requests, null, payload.getBytes(StandardCharsets.UTF_8), Duration.ZERO, ""));
    }

    CompletableFuture<Invocation> fail() {
        String error = "{\"errorMessage\":\"bad record\",\"errorType\":\"java.lang.IllegalStateException\"}";
        return CompletableFuture.completedFuture(new Invocation(
                "request-" + ++requests, "Unhandled", error.getBytes(StandardCharsets.UTF_8), Duration.ZERO, ""));
    }

    CompletableFuture<Invocation> report(String... sequenceNumbers) {
        StringBuilder items = new StringBuilder();
        for (String sequence : sequenceNumbers) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"itemIdentifier\":\"")
                    .append(sequence)
                    .append("\"}");
        }
        return answer("{\"batchItemFailures\":[" + items + "]}");
    }
}
