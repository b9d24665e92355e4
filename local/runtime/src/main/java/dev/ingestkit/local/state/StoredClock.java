package dev.ingestkit.local.state;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.store.Batch;
import dev.ingestkit.local.time.RuntimeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps in the state how far a runtime's clock is ahead, and whether it is frozen. A running clock is as far ahead of
 * the system's after a restart as before it; a frozen one shows the same time. Thread-safe.
 */
public final class StoredClock {

    private static final String MAP = "runtime/clock";
    private static final byte[] KEY = "clock".getBytes(StandardCharsets.UTF_8);

    private final RuntimeState state;
    private final RuntimeClock clock;

    private StoredClock(RuntimeState state, RuntimeClock clock) {
        this.state = requireNonNull(state, "state");
        this.clock = requireNonNull(clock, "clock");
    }

    /** Sets a clock by the state, and keeps its changes from now on. */
    public static StoredClock keep(RuntimeState state, RuntimeClock clock) {
        StoredClock stored = new StoredClock(state, clock);
        stored.restore();
        clock.onChange(stored::save);
        return stored;
    }

    private void save(RuntimeClock.Reading reading) {
        byte[] json = Json.mapper()
                .createObjectNode()
                .put("now", reading.now().toString())
                .put("frozen", reading.frozen())
                .put("ahead", reading.ahead().toString())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        state.store().commit(new Batch().put(MAP, KEY, json));
    }

    /** Sets the clock by the state, which was replaced; it may go back. */
    public void restore() {
        byte[] saved = state.store().map(MAP).get(KEY);
        if (saved == null) {
            clock.set(new RuntimeClock.Reading(clock.instant(), false, Duration.ZERO));
            return;
        }
        try {
            JsonNode reading = Json.mapper().readTree(saved);
            clock.set(new RuntimeClock.Reading(
                    Instant.parse(reading.path("now").textValue()),
                    reading.path("frozen").booleanValue(),
                    Duration.parse(reading.path("ahead").textValue())));
        } catch (IOException malformed) {
            throw new UncheckedIOException("the clock in the data directory is not JSON", malformed);
        }
    }
}
