package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.event.ValueSearch;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The events of the last failed invocations, which an embedded runtime keeps for a while. Immutable. */
public final class FailedEvents {

    private final List<Failed> events;

    /**
     * A failed invocation.
     *
     * @param function the function's name
     * @param reason the function's or the runtime's words
     * @param event what the function received
     */
    record Failed(String requestId, String function, Instant at, String reason, JsonNode event) {

        Failed {
            requireNonNull(requestId, "requestId");
            requireNonNull(function, "function");
            requireNonNull(at, "at");
            requireNonNull(reason, "reason");
            requireNonNull(event, "event");
        }

        /** Returns whether the event is a batch of a Kinesis stream. */
        boolean isOfStream() {
            return event.at("/Records/0/eventSource").asText().equals("aws:kinesis");
        }

        /** Returns the ARN of the queue, stream, subscription or rule that the event came from; empty without one. */
        String source() {
            for (String place : List.of(
                    "/Records/0/eventSourceARN", "/Records/0/EventSubscriptionArn", "/resources/0", "/methodArn")) {
                if (event.at(place).isTextual()) {
                    return event.at(place).textValue();
                }
            }
            return "";
        }

        /** Returns whether the invocation has the id, or a value in the event is it, also in JSON within a text. */
        boolean holds(String id) {
            return requestId.equals(id)
                    || ValueSearch.holds(event, id)
                    || records().anyMatch(record -> ValueSearch.holds(data(record), id));
        }

        private Stream<JsonNode> records() {
            return StreamSupport.stream(event.path("Records").spliterator(), false);
        }

        /** Returns the data of a Kinesis record as text; empty for another record. */
        private static String data(JsonNode record) {
            try {
                byte[] data = record.at("/kinesis/data").binaryValue();
                return data == null ? "" : new String(data, StandardCharsets.UTF_8);
            } catch (IOException notBase64) {
                return "";
            }
        }

        /** Returns the ids of the messages that hold the id; none if the event is not a queue's batch. */
        private Stream<String> messages(String id) {
            return records()
                    .filter(record -> record.hasNonNull("messageId") && ValueSearch.holds(record, id))
                    .map(record -> record.path("messageId").asText());
        }
    }

    private FailedEvents(List<Failed> events) {
        this.events = List.copyOf(events);
    }

    /** Reads the events from a runtime. */
    public static FailedEvents of(ControlClient control) {
        List<Failed> events = new ArrayList<>();
        control.failures(failure -> json(failure.path("event").asText())
                .ifPresent(event -> events.add(new Failed(
                        failure.path("requestId").asText(),
                        Arn.functionNameIn(failure.path("function").asText()),
                        Instant.parse(failure.path("at").asText()),
                        failure.path("reason").asText(),
                        event))));
        return new FailedEvents(events);
    }

    private static Optional<JsonNode> json(String text) {
        try {
            return Optional.of(Json.exactMapper().readTree(text));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    /** Returns the ids of the invocations for the event with an id, and of the messages that carried it. */
    public Set<String> idsOf(String id) {
        return events.stream()
                .filter(failed -> failed.holds(id))
                .flatMap(failed -> Stream.concat(
                        failed.event().at("/Records/0/messageId").isMissingNode()
                                ? Stream.of(failed.requestId())
                                : Stream.empty(),
                        failed.messages(id)))
                .collect(Collectors.toSet());
    }

    /** Returns the event of an invocation. */
    Optional<Failed> of(@Nullable String requestId) {
        return last(failed -> failed.requestId().equals(requestId));
    }

    /** Returns the first failure for the same event: a replay repeats it, and the attempts belong to the first. */
    Failed original(Failed failed) {
        return events.stream()
                .filter(other -> other.function().equals(failed.function())
                        && other.event().equals(failed.event()))
                .findFirst()
                .orElse(failed);
    }

    /** Returns the last event with a property. */
    Optional<Failed> last(Predicate<Failed> property) {
        for (int index = events.size() - 1; index >= 0; index--) {
            if (property.test(events.get(index))) {
                return Optional.of(events.get(index));
            }
        }
        return Optional.empty();
    }
}
