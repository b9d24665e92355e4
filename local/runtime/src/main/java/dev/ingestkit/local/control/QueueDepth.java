package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

/**
 * The number of messages in a queue, by the queue's own count.
 *
 * @param visible messages that can be received
 * @param inFlight messages received and not yet deleted
 */
public record QueueDepth(String name, String url, long visible, long inFlight) {

    public QueueDepth {
        requireNonNull(name, "name");
        requireNonNull(url, "url");
    }
}
