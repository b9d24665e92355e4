package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A ReceiveMessage that waits for messages, without a thread.
 *
 * @param max the maximum number of messages
 * @param visibilityMillis the visibility timeout of received messages
 * @param until the time at which it completes without messages, epoch milliseconds
 * @param response completed with the messages
 */
record PendingReceive(int max, long visibilityMillis, long until, CompletableFuture<List<Received>> response) {

    PendingReceive {
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
