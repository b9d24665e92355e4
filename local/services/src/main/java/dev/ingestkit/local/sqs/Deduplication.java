package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The messages sent to a FIFO queue within the last five minutes. Not thread-safe: {@link QueueRegistry} guards it. */
final class Deduplication {

    private static final long INTERVAL_MILLIS = 300_000;

    private final Map<String, Sent> sent = new LinkedHashMap<>();

    private record Sent(QueueRegistry.Accepted response, long at) {
        Sent {
            requireNonNull(response, "answer");
        }
    }

    /** Returns the response to a recent message with the same key. */
    Optional<QueueRegistry.Accepted> recent(String key, long now) {
        var oldest = sent.values().iterator();
        while (oldest.hasNext() && oldest.next().at() + INTERVAL_MILLIS <= now) {
            oldest.remove();
        }
        return Optional.ofNullable(sent.get(key)).map(Sent::response);
    }

    void clear() {
        sent.clear();
    }

    void remember(String key, QueueRegistry.Accepted response, long now) {
        sent.put(key, new Sent(response, now));
    }
}
