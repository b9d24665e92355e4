package dev.ingestkit.local.mapping.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A queue that a mapping reads. Implementations are thread-safe and do not block. */
public interface QueueSource {

    /** The messages that one call receives or deletes at most. */
    int MAX_MESSAGES = 10;

    /**
     * Receives messages, which are hidden from other consumers for the queue's visibility timeout.
     *
     * @param max 1 to {@link #MAX_MESSAGES}
     * @param wait how long to wait for the first one, up to 20 seconds
     */
    CompletionStage<List<QueueMessage>> receive(int max, Duration wait);

    /** Returns how long a received message is hidden from other consumers. */
    CompletionStage<Duration> visibilityTimeout();

    /** Deletes up to {@link #MAX_MESSAGES} messages. */
    CompletionStage<Void> delete(List<QueueMessage> messages);

    /** Makes up to {@link #MAX_MESSAGES} messages visible again at once. */
    CompletionStage<Void> release(List<QueueMessage> messages);
}
