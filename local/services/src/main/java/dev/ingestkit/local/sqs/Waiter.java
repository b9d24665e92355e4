package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A ReceiveMessage that waits for messages. No thread waits with it.
 *
 * @param until when it is answered without any, epoch milliseconds
 */
record Waiter(int max, long visibilityMillis, long until, CompletableFuture<List<Received>> response) {

    Waiter {
        requireNonNull(response, "answer");
    }

    /** A message as it was when it was received, with its handle. */
    record Received(Message message, String receiptHandle, int receiveCount, long firstReceivedAt) {
        Received {
            requireNonNull(message, "message");
            requireNonNull(receiptHandle, "receiptHandle");
        }
    }
}
