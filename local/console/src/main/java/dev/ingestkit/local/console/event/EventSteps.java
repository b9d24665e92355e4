package dev.ingestkit.local.console.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.journal.CallDetail;
import dev.ingestkit.local.journal.RecentDetails;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The steps of one event that the journal's entries do not hold, from the details of its calls: the authorizer's
 * decision, the mapping template's input and output, the integration, and the writes to tables. Each step has a {@code
 * kind}, the time {@code at} which it had ended, and its {@code millis}.
 */
final class EventSteps {

    private static final double MICROS_PER_MILLI = 1_000;

    private final ArrayNode steps = Json.mapper().createArrayNode();

    private EventSteps() {}

    /** Returns the steps in the details of an event. */
    static ArrayNode of(TrackedEvent event, List<RecentDetails.Kept> details) {
        EventSteps found = new EventSteps();
        for (RecentDetails.Kept kept : details) {
            if (kept.detail() instanceof CallDetail.ApiRequest request) {
                found.request(request);
            } else if (kept.detail() instanceof CallDetail.TableCall call) {
                found.writes(kept, call, event.id);
            }
        }
        return found.steps;
    }

    private void request(CallDetail.ApiRequest request) {
        CallDetail.Authorizer authorizer = request.authorizer();
        if (authorizer != null) {
            step("authorizer", request.startedAt(), authorizer.timing())
                    .put("name", authorizer.name())
                    .put("principal", authorizer.principal())
                    .put("grounds", authorizer.grounds().name().toLowerCase(Locale.ROOT));
        }
        CallDetail.Mapping mapping = request.mapping();
        if (mapping != null) {
            ObjectNode step =
                    step("mapping", request.startedAt(), mapping.timing()).put("name", mapping.name());
            put(step, "input", mapping.input());
            put(step, "output", mapping.output());
        }
        CallDetail.Timing integration = request.integration();
        if (integration != null) {
            step("integration", request.startedAt(), integration);
        }
    }

    private void writes(RecentDetails.Kept kept, CallDetail.TableCall call, String id) {
        for (ObjectNode write : TableWrites.of(call, id)) {
            step("write", kept.at(), new CallDetail.Timing(0, call.micros()))
                    .put("requestId", call.requestId())
                    .setAll(write);
        }
    }

    private ObjectNode step(String kind, Instant start, CallDetail.Timing timing) {
        return steps.addObject()
                .put("kind", kind)
                .put("at", start.plus(timing.after(), ChronoUnit.MICROS).toString())
                .put("millis", timing.micros() / MICROS_PER_MILLI);
    }

    /** Adds a body as text; as base64, with a name that says so, if it is not UTF-8. */
    private static void put(ObjectNode step, String name, byte[] body) {
        try {
            step.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException notText) {
            step.put(name + "Base64", Base64.getEncoder().encodeToString(body));
        }
    }
}
