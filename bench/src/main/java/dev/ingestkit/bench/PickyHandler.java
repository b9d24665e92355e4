package dev.ingestkit.bench;

import java.util.Map;

/** A function without libraries: it accepts every batch except those of the poison stream. */
public final class PickyHandler {

    /** Fails for a batch of the poison stream. */
    public void handle(Map<String, Object> event) {
        if (event.toString().contains("poison")) {
            throw new IllegalStateException("refused on purpose");
        }
    }
}
