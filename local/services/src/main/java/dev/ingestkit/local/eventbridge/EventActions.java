package dev.ingestkit.local.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.pattern.EventPattern;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The actions on events. Thread-safe. */
final class EventActions {

    private static final int MAX_ENTRIES = 10;
    private static final int MAX_BYTES = 262_144;

    private final RuleStore store;
    private final RuleRunner runner;
    private final Clock clock;
    private final Supplier<String> ids;

    EventActions(RuleStore store, RuleRunner runner, Clock clock, Supplier<String> ids) {
        this.store = store;
        this.runner = runner;
        this.clock = clock;
        this.ids = ids;
    }

    JsonNode putEvents(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        List<AwsInput> entries = input.objects("Entries");
        if (entries.isEmpty() || entries.size() > MAX_ENTRIES) {
            throw ServiceException.badRequest(
                    "ValidationException",
                    ("1 validation error detected: Value '%s' at 'entries' failed to satisfy constraint: Member must"
                                    + " have length %s")
                            .formatted(
                                    entries.stream().map(AwsInput::node).toList(),
                                    entries.isEmpty()
                                            ? "greater than or equal to 1"
                                            : "less than or equal to " + MAX_ENTRIES));
        }
        int bytes = entries.stream().mapToInt(EventActions::size).sum();
        if (bytes > MAX_BYTES) {
            throw ServiceException.badRequest(
                    "ValidationException",
                    "Total size of the entries in the request is over the limit of %d bytes.".formatted(MAX_BYTES));
        }
        ObjectNode output = AwsOutput.object();
        ArrayNode results = output.putArray("Entries");
        int failed = 0;
        for (AwsInput entry : entries) {
            ObjectNode result = put(entry);
            failed += result.has("ErrorCode") ? 1 : 0;
            results.add(result);
        }
        return output.put("FailedEntryCount", failed);
    }

    private static int size(AwsInput entry) {
        return entry.node().toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private ObjectNode put(AwsInput entry) {
        for (String required : List.of("Source", "DetailType", "Detail")) {
            if (entry.string(required).filter(text -> !text.isEmpty()).isEmpty()) {
                return error(
                        "InvalidArgument",
                        "Parameter %s is not valid. Reason: %s is a required argument.".formatted(required, required));
            }
        }
        if (entry.string("Source").orElseThrow().startsWith("aws.")) {
            return error("NotAuthorizedForSourceException", "Not authorized for the source.");
        }
        Optional<ObjectNode> detail = detail(entry.string("Detail").orElseThrow());
        if (detail.isEmpty()) {
            return error("MalformedDetail", "Detail is malformed.");
        }
        ObjectNode event = Json.mapper()
                .createObjectNode()
                .put("version", "0")
                .put("id", ids.get())
                .put("detail-type", entry.string("DetailType").orElseThrow())
                .put("source", entry.string("Source").orElseThrow())
                .put("account", store.accountId())
                .put(
                        "time",
                        entry.timestamp("Time")
                                .orElseGet(clock::instant)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("region", store.region());
        entry.strings("Resources").forEach(event.putArray("resources")::add);
        event.set("detail", detail.get());
        String bus = RuleStore.busName(entry.string("EventBusName").orElse(RuleStore.DEFAULT_BUS));
        runner.publish(bus, event);
        return AwsOutput.object().put("EventId", event.path("id").asText());
    }

    private static Optional<ObjectNode> detail(String json) {
        try {
            return Json.exactMapper().readTree(json) instanceof ObjectNode object
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    private static ObjectNode error(String code, String message) {
        return AwsOutput.object().put("ErrorCode", code).put("ErrorMessage", message);
    }

    JsonNode testEventPattern(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        String pattern = input.string("EventPattern").orElse("");
        checkPattern(pattern);
        try {
            JsonNode event = Json.exactMapper().readTree(input.string("Event").orElse(""));
            return AwsOutput.object().put("Result", RuleRunner.matches(pattern, event));
        } catch (IOException malformed) {
            throw ServiceException.badRequest("ValidationException", "Parameter Event is not valid.");
        }
    }

    /** Refuses a pattern that EventBridge refuses. */
    static void checkPattern(String pattern) {
        try {
            EventPattern.parse(Json.exactMapper().readTree(pattern));
        } catch (IOException | IllegalArgumentException invalid) {
            throw ServiceException.badRequest(
                    "InvalidEventPatternException", "Event pattern is not valid. Reason: " + invalid.getMessage());
        }
    }
}
