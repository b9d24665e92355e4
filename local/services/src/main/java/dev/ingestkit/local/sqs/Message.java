package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** One message in a queue. Not thread-safe: its queue's guard is its own. Times are epoch milliseconds. */
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
    String deadLetterSourceArn;

    int receiveCount;
    /** The part of the count that is from the queue it was a poison message in: another redrive policy's matter. */
    int receivesElsewhere;

    long firstReceivedAt;
    long lastReceivedAt;
    /** Until then nobody receives it. */
    long hiddenUntil;
    /** Whether it is hidden because somebody has it, and not because it was sent with a delay. */
    boolean inFlight;

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

    /** Where a message stands in its queue's order, and who sent it. */
    record Provenance(
            @Nullable String groupId,
            @Nullable String deduplicationId,
            @Nullable String sequenceNumber,
            @Nullable String senderId) {}
}
