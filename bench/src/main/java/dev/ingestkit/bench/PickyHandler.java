package dev.ingestkit.bench;

import java.util.Map;

/** A function without libraries: it takes every batch but those whose event source names the stream of poison. */
public final class PickyHandler {

    /** Fails for a batch of the stream of poison. */
    public void handle(Map<String, Object> event) {
        if (event.toString().contains("poison")) {
            throw new IllegalStateException("refused on purpose");
        }
    }
}
