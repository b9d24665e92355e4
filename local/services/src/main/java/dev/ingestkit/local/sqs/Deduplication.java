package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The messages sent to a FIFO queue within the last five minutes. Not thread-safe: {@link QueueRegistry} guards it. */
final class Deduplication {

    private static final long INTERVAL_MILLIS = 300_000;

    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final Queue queue;
    private final QueueStorage storage;

    Deduplication(Queue queue, QueueStorage storage) {
        this.queue = requireNonNull(queue, "queue");
        this.storage = requireNonNull(storage, "storage");
    }

    private record Sent(QueueRegistry.Accepted response, long at) {
        Sent {
            requireNonNull(response, "answer");
        }
    }

    /** Returns the response to a recent message with the same key. */
    Optional<QueueRegistry.Accepted> recent(String key, long now) {
        var oldest = sent.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Sent> entry = oldest.next();
            if (entry.getValue().at() + INTERVAL_MILLIS > now) {
                break;
            }
            storage.forgotten(queue, entry.getKey());
            oldest.remove();
        }
        return Optional.ofNullable(sent.get(key)).map(Sent::response);
    }

    void clear() {
        sent.clear();
    }

    void remember(String key, QueueRegistry.Accepted response, long now) {
        sent.put(key, new Sent(response, now));
        storage.sent(queue, key, response, now);
    }

    /** Restores a message of an earlier process; the oldest comes first. */
    void restore(String key, QueueRegistry.Accepted response, long at) {
        sent.put(key, new Sent(response, at));
    }
}
