package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Arn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a queue holds, as an observer sees it: observing receives nothing and changes no count. Immutable.
 *
 * @param serial orders the messages of a queue
 * @param state {@code available}, {@code in-flight} or {@code delayed}
 * @param group the message's group in a FIFO queue
 * @param move null unless a redrive policy has moved the message into the queue
 */
public record HeldMessage(
        long serial,
        String id,
        Content content,
        Instant sentAt,
        int receives,
        String state,
        @Nullable String group,
        @Nullable Move move) {

    public HeldMessage {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
        requireNonNull(sentAt, "sentAt");
        requireNonNull(state, "state");
    }

    /**
     * What a message says.
     *
     * @param attributes message attributes by name, in the form of AWS's JSON
     */
    public record Content(String body, JsonNode attributes) {
        public Content {
            requireNonNull(body, "body");
            requireNonNull(attributes, "attributes");
        }
    }

    /**
     * The move of a message by a redrive policy.
     *
     * @param source the queue whose policy it was
     * @param receives the receives of the message there
     */
    public record Move(Arn source, int receives) {
        public Move {
            requireNonNull(source, "source");
        }
    }

    static HeldMessage of(Message message, long now) {
        String hidden = message.inFlight ? "in-flight" : "delayed";
        Arn source = message.deadLetterSource;
        return new HeldMessage(
                message.serial,
                message.id,
                new Content(message.content.body(), message.content.attributes()),
                Instant.ofEpochMilli(message.sentAt),
                message.receiveCount,
                message.hiddenUntil > now ? hidden : "available",
                message.groupId,
                source == null ? null : new Move(source, message.receivesBeforeMove));
    }
}
