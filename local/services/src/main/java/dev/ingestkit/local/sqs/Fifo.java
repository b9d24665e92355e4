package dev.ingestkit.local.sqs;

import org.jspecify.annotations.Nullable;

/** What is special about FIFO queues. */
final class Fifo {

    static final String SUFFIX = ".fifo";

    private Fifo() {}

    /** Twenty digits that grow with each message. */
    static String sequenceNumber(long serial) {
        return "188%017d".formatted(serial);
    }

    /** Under what a message is known for five minutes; null where nothing is deduplicated. */
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
