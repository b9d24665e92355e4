package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

/**
 * How many messages a queue has.
 *
 * @param visible can be received now
 * @param inFlight are with a consumer
 * @param delayed were sent with a delay that has not ended
 */
public record QueueCounts(String name, String arn, int visible, int inFlight, int delayed) {

    public QueueCounts {
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
    }
}
