package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a consumer holds of a message that it received.
 *
 * @param queueArn where it was received
 * @param receive the how manieth receive of the message this was
 */
record ReceiptHandle(String queueArn, long serial, int receive) {

    ReceiptHandle {
        requireNonNull(queueArn, "queueArn");
    }

    String encode() {
        String text = serial + ";" + receive + ";" + queueArn;
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws dev.ingestkit.local.protocol.ServiceException ReceiptHandleIsInvalid, also for a handle of another queue
     */
    static ReceiptHandle decode(String handle, String queueArn) {
        try {
            String[] parts = new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8).split(";", 3);
            if (parts.length == 3 && parts[2].equals(queueArn)) {
                return new ReceiptHandle(queueArn, Long.parseLong(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IllegalArgumentException malformed) {
            throw SqsErrors.receiptHandleInvalid(handle);
        }
        throw SqsErrors.receiptHandleInvalid(handle);
    }
}
