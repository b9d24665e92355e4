package dev.ingestkit.local.delivery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.store.ByteCursor;
import dev.ingestkit.local.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the events of asynchronous invocations in a store until they are processed; without one, nothing. Thread-safe. */
public final class WaitingInvocations {

    /** Keeps nothing: events that wait are lost when the process ends. */
    public static final WaitingInvocations NONE = new WaitingInvocations(null);

    private static final String WAITING = "lambda/waiting";

    private final @Nullable Store store;

    private WaitingInvocations(@Nullable Store store) {
        this.store = store;
    }

    public static WaitingInvocations in(Store store) {
        return new WaitingInvocations(requireNonNull(store, "store"));
    }

    /**
     * Keeps an event.
     *
     * @param due the time of its next attempt
     */
    void save(Delivery delivery, Instant due) {
        if (store == null) {
            return;
        }
        AsyncEvent event = delivery.event();
        ObjectNode node = Json.mapper()
                .createObjectNode()
                .put("function", event.function())
                .put("source", event.source())
                .put("id", event.id())
                .put("payload", event.payload())
                .put("accepted", event.accepted().toString())
                .put("invocations", delivery.invocations())
                .put("rejections", delivery.rejections())
                .put("due", due.toString());
        store.commit(new Batch().put(WAITING, bytes(delivery.key()), bytes(node.toString())));
    }

    void remove(Delivery delivery) {
        if (store != null) {
            store.commit(new Batch().remove(WAITING, bytes(delivery.key())));
        }
    }

    /** Returns the events of an earlier process, with the times of their next attempts. */
    Map<Delivery, Instant> load() {
        Map<Delivery, Instant> deliveries = new LinkedHashMap<>();
        if (store == null) {
            return deliveries;
        }
        for (ByteCursor cursor = store.map(WAITING).all(); cursor.next(); ) {
            JsonNode node = parsed(cursor.value());
            Delivery delivery = new Delivery(
                    new String(cursor.key(), StandardCharsets.UTF_8),
                    event(node),
                    node.path("invocations").intValue(),
                    node.path("rejections").intValue());
            deliveries.put(delivery, Instant.parse(node.path("due").textValue()));
        }
        return deliveries;
    }

    private static AsyncEvent event(JsonNode node) {
        try {
            return new AsyncEvent(
                    node.path("function").textValue(),
                    node.path("source").textValue(),
                    node.path("id").textValue(),
                    node.path("payload").binaryValue(),
                    Instant.parse(node.path("accepted").textValue()));
        } catch (IOException malformed) {
            throw unreadable(malformed);
        }
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException malformed) {
            throw unreadable(malformed);
        }
    }

    private static UncheckedIOException unreadable(IOException malformed) {
        return new UncheckedIOException("an asynchronous invocation in the data directory is not readable", malformed);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
