package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A topic. Not thread-safe: {@link TopicStore} guards it. */
final class Topic {

    /** Five minutes, within which SNS delivers a message of a FIFO topic once. */
    private static final long DEDUPLICATION_MILLIS = 300_000;

    final Arn arn;
    /** Held while a message is numbered and delivered. */
    final Object order = new Object();

    final Map<String, String> attributes = new TreeMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, Published> recent = new LinkedHashMap<>();
    private long lastSequence;

    /** A message of a FIFO topic that was published. */
    record Published(String messageId, String sequenceNumber, long at) {}

    /**
     * The identity of a published message.
     *
     * @param messageId the message's id
     * @param sequenceNumber the position in a FIFO topic; empty in a standard one
     * @param duplicate whether the message was published before and is not delivered again
     */
    record Accepted(String messageId, String sequenceNumber, boolean duplicate) {}

    Topic(Arn arn) {
        this.arn = requireNonNull(arn, "arn");
    }

    /** Returns the number of the youngest message of a FIFO topic. */
    long lastSequence() {
        return lastSequence;
    }

    /** Continues behind the youngest message of an earlier process. */
    void resumeAfter(long sequence) {
        lastSequence = sequence;
    }

    boolean isFifo() {
        return arn.resource().endsWith(".fifo");
    }

    boolean flag(String attribute) {
        return attributes.getOrDefault(attribute, "false").equalsIgnoreCase("true");
    }

    /** Takes a message of a FIFO topic. */
    Accepted accept(String messageId, String deduplicationId, long now) {
        Published before = recent.get(deduplicationId);
        if (before != null && !isOver(before, now)) {
            return new Accepted(before.messageId(), before.sequenceNumber(), true);
        }
        String sequenceNumber = "1%019d".formatted(++lastSequence);
        recent.put(deduplicationId, new Published(messageId, sequenceNumber, now));
        return new Accepted(messageId, sequenceNumber, false);
    }

    private static boolean isOver(Published published, long now) {
        return published.at() + DEDUPLICATION_MILLIS <= now;
    }

    /** Removes the deduplication ids whose time is over; returns them. */
    List<String> forget(long now) {
        List<String> over = new ArrayList<>();
        recent.forEach((id, published) -> {
            if (isOver(published, now)) {
                over.add(id);
            }
        });
        recent.keySet().removeAll(over);
        return over;
    }

    /** Returns the recent messages by their deduplication ids. */
    Map<String, Published> recent() {
        return recent;
    }
}
