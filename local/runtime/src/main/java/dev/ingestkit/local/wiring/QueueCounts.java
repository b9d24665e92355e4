package dev.ingestkit.local.wiring;

import java.util.List;

/** How full the queues are. */
@FunctionalInterface
public interface QueueCounts {

    List<Count> counts();

    /**
     * One queue's numbers.
     *
     * @param visible messages that can be received
     * @param inFlight messages received and not yet deleted
     */
    record Count(String name, String url, long visible, long inFlight) {}
}
