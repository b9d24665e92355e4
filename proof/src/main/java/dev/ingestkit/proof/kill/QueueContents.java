package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Takes all messages out of a queue, which may still be hidden for a moment. For one thread. */
final class QueueContents {

    /** The visibility timeout of all receives: hidden messages appear again while {@link #takeAll} waits. */
    static final int VISIBILITY_SECONDS = 1;

    private final SqsClient sqs;
    private final String url;

    QueueContents(SqsClient sqs, String url) {
        this.sqs = requireNonNull(sqs, "sqs");
        this.url = requireNonNull(url, "url");
    }

    List<Message> receive() {
        return sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(VISIBILITY_SECONDS))
                .messages();
    }

    /** Passes on each message, and deletes it; a message whose deletion fails is passed on again. */
    void takeAll(Consumer<Message> messages) {
        takeVisible(messages);
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(VISIBILITY_SECONDS * 1_100L));
        } while (takeVisible(messages));
    }

    /** Takes the visible messages out; returns whether there were any. */
    private boolean takeVisible(Consumer<Message> messages) {
        boolean any = false;
        for (List<Message> received = receiveSafely(); !received.isEmpty(); received = receiveSafely()) {
            received.forEach(messages);
            deleteSafely(received);
            any = true;
        }
        return any;
    }

    private List<Message> receiveSafely() {
        try {
            return receive();
        } catch (SdkException injected) {
            return receiveSafely();
        }
    }

    private void deleteSafely(List<Message> messages) {
        try {
            sqs.deleteMessageBatch(request -> request.queueUrl(url)
                    .entries(messages.stream()
                            .map(message -> DeleteMessageBatchRequestEntry.builder()
                                    .id(message.messageId())
                                    .receiptHandle(message.receiptHandle())
                                    .build())
                            .toList()));
        } catch (SdkException injected) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
