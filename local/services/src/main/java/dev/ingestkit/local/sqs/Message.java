package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.journal.BodyIds;
import dev.ingestkit.local.journal.JournalEvent;
import org.jspecify.annotations.Nullable;

/** One message in a queue. Not thread-safe: {@link QueueRegistry} guards it. Times are epoch milliseconds. */
final class Message {

    final long serial;
    final String id;
    final MessageContent content;
    final long sentAt;
    final @Nullable String groupId;
    final @Nullable String deduplicationId;
    final @Nullable String sequenceNumber;
    final @Nullable String senderId;

    @Nullable
    Arn deadLetterSource;

    int receiveCount;
    /** The receives in the queue that the message was moved from, which the redrive policy does not count. */
    int receivesBeforeMove;

    long firstReceivedAt;
    long lastReceivedAt;
    /** The time until which no consumer receives it. */
    long hiddenUntil;
    /**
     * Returns whether the message is hidden because a consumer has received it, not because it was sent with a delay.
     */
    boolean inFlight;
    /** Returns whether the last consumer returned the message, by a visibility timeout of zero. */
    boolean released;

    Message(long serial, String id, MessageContent content, long sentAt, Provenance from) {
        this.serial = serial;
        this.id = requireNonNull(id, "id");
        this.content = requireNonNull(content, "content");
        this.sentAt = sentAt;
        this.groupId = from.groupId();
        this.deduplicationId = from.deduplicationId();
        this.sequenceNumber = from.sequenceNumber();
        this.senderId = from.senderId();
    }

    /** Returns the message as its queue's redrive policy moves it: with its id, its first sent time and its receives. */
    Message moved(long newSerial, Arn source) {
        Message moved = new Message(
                newSerial, id, content, sentAt, new Provenance(groupId, deduplicationId, sequenceNumber, senderId));
        moved.receiveCount = receiveCount;
        moved.receivesBeforeMove = receiveCount;
        moved.firstReceivedAt = firstReceivedAt;
        moved.deadLetterSource = source;
        return moved;
    }

    /**
     * Returns the journal's entry of the message in a queue, to be appended before anyone can receive it.
     *
     * @param from the queue whose redrive policy moves the message; null if none does
     */
    JournalEvent.Queued arrival(String queue, @Nullable String from) {
        return new JournalEvent.Queued(queue, id, content.bytes(), from, BodyIds.in(content.body()));
    }

    /** The sender of a message and its identity in a FIFO queue. */
    record Provenance(
            @Nullable String groupId,
            @Nullable String deduplicationId,
            @Nullable String sequenceNumber,
            @Nullable String senderId) {}
}
