package dev.ingestkit.local.sqs;

import org.jspecify.annotations.Nullable;

/**
 * Rules of FIFO queues.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues.html">FIFO
 *     queues</a>
 */
final class Fifo {

    static final String SUFFIX = ".fifo";

    private Fifo() {}

    /** Returns twenty digits that grow with each message. */
    static String sequenceNumber(long serial) {
        return "188%017d".formatted(serial);
    }

    /** Returns the key that identifies duplicates for five minutes; null if the message is not deduplicated. */
    static @Nullable String deduplicationKey(QueueSettings settings, Message.Provenance from) {
        if (!settings.fifo() || from.deduplicationId() == null) {
            return null;
        }
        boolean perGroup = settings.text("DeduplicationScope")
                .filter("messageGroup"::equals)
                .isPresent();
        return perGroup ? from.groupId() + "\n" + from.deduplicationId() : from.deduplicationId();
    }
}
