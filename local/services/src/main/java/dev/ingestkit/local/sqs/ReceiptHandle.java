package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A consumer's handle of a received message.
 *
 * @param queue the queue it was received from
 * @param serial the message's serial
 * @param receive the ordinal of the receive, from 1
 */
record ReceiptHandle(Arn queue, long serial, int receive) {

    ReceiptHandle {
        requireNonNull(queue, "queue");
    }

    String encode() {
        String text = serial + ";" + receive + ";" + queue;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes a handle.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException ReceiptHandleIsInvalid, also for a handle of another queue
     */
    static ReceiptHandle decode(String handle, Arn queue) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8).split(";", 3);
            if (parts.length == 3 && parts[2].equals(queue.toString())) {
                return new ReceiptHandle(queue, Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException malformed) {
            throw SqsErrors.receiptHandleInvalid(handle);
        }
        throw SqsErrors.receiptHandleInvalid(handle);
    }
}
