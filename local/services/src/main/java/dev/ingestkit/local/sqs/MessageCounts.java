package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;

/**
 * The numbers of messages in a queue.
 *
 * @param name the queue's name
 * @param arn the queue's ARN
 * @param visible messages that can be received now
 * @param inFlight messages received and neither deleted nor visible again
 * @param delayed messages whose delay has not passed
 */
public record MessageCounts(String name, Arn arn, int visible, int inFlight, int delayed) {

    public MessageCounts {
        requireNonNull(name, "name");
        requireNonNull(arn, "arn");
    }
}
