package dev.ingestkit.local.sqs;

/** Learns of a message that is sent, before anyone can receive it. Called with the queues locked. */
@FunctionalInterface
interface Arrival {

    /**
     * Notes a message.
     *
     * @param repeated whether a FIFO queue has deduplicated the message: {@code messageId} is that of the earlier one, and
     *     nothing enters the queue
     */
    void arrived(String messageId, boolean repeated);
}
