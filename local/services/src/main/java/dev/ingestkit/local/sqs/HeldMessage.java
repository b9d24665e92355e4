package dev.ingestkit.local.sqs;

import java.time.Instant;

/**
 * A message that a queue holds, as an observer sees it: observing receives nothing and changes no count. Immutable.
 *
 * @param serial orders the messages of a queue
 * @param state {@code available}, {@code in-flight} or {@code delayed}
 */
public record HeldMessage(long serial, String id, String body, Instant sentAt, int receives, String state) {

    static HeldMessage of(Message message, long now) {
        String hidden = message.inFlight ? "in-flight" : "delayed";
        return new HeldMessage(
                message.serial,
                message.id,
                message.content.body(),
                Instant.ofEpochMilli(message.sentAt),
                message.receiveCount,
                message.hiddenUntil > now ? hidden : "available");
    }
}
