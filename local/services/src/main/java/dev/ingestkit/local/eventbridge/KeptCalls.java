package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps in a store the latest call that clients have made for each bus, rule, state of a rule, and target. The next
 * start repeats the calls after the template's rules exist. Without a store nothing is kept. Thread-safe.
 */
final class KeptCalls {

    /** Keeps nothing: rules end with the process. */
    static final KeptCalls NONE = new KeptCalls(null);

    private static final String CALLS = "events/calls";

    /** The keys begin with a digit, so a bus exists before its rules, and a rule before its state and targets. */
    private static final String BUS = "1 ";

    private static final String RULE = "2 ";
    private static final String STATE = "3 ";
    private static final String TARGET = "4 ";

    private final @Nullable Store store;

    private KeptCalls(@Nullable Store store) {
        this.store = store;
    }

    static KeptCalls in(Store store) {
        return new KeptCalls(requireNonNull(store, "store"));
    }

    /** Keeps a call that has succeeded, or forgets the calls that it undoes. */
    synchronized void made(String action, JsonNode request) {
        if (store == null) {
            return;
        }
        Batch batch = new Batch();
        String bus = RuleStore.busName(request.path("EventBusName").asText(RuleStore.DEFAULT_BUS));
        String rule = bus + " " + request.path("Name").asText();
        switch (action) {
            case "CreateEventBus" -> put(batch, BUS + request.path("Name").asText(), action, request);
            case "DeleteEventBus" ->
                remove(batch, BUS + RuleStore.busName(request.path("Name").asText()));
            case "PutRule" -> {
                put(batch, RULE + rule, action, request);
                remove(batch, STATE + rule);
            }
            case "EnableRule", "DisableRule" -> put(batch, STATE + rule, action, request);
            case "DeleteRule" -> {
                remove(batch, RULE + rule);
                remove(batch, STATE + rule);
            }
            case "PutTargets" -> targets(batch, bus, request);
            case "RemoveTargets" -> request.path("Ids").forEach(id -> remove(batch, target(bus, request, id.asText())));
            default -> {
                // changes nothing that is kept
            }
        }
        store.commit(batch);
    }

    private static void targets(Batch batch, String bus, JsonNode request) {
        for (JsonNode target : request.path("Targets")) {
            ObjectNode one = request.deepCopy();
            one.putArray("Targets").add(target);
            put(batch, target(bus, request, target.path("Id").asText()), "PutTargets", one);
        }
    }

    private static String target(String bus, JsonNode request, String id) {
        return TARGET + bus + " " + request.path("Rule").asText() + " " + id;
    }

    private static void put(Batch batch, String key, String action, JsonNode request) {
        ObjectNode call = Json.mapper().createObjectNode().put("action", action);
        call.set("request", request);
        batch.put(CALLS, bytes(key), bytes(call.toString()));
    }

    private static void remove(Batch batch, String key) {
        batch.remove(CALLS, bytes(key));
    }

    /** Repeats all kept calls. */
    void repeat(BiConsumer<String, JsonNode> calls) {
        List<JsonNode> kept = new ArrayList<>();
        if (store != null) {
            ByteCursor cursor = store.map(CALLS).all();
            while (cursor.next()) {
                kept.add(parsed(cursor.value()));
            }
        }
        kept.forEach(call -> calls.accept(call.path("action").textValue(), call.path("request")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parsed(byte[] json) {
        return Json.stored(json, "a call of EventBridge");
    }
}
