package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Sends messages to a queue of its own and deletes some. For one thread. */
final class QueueLedger implements Ledger {

    private static final int VISIBILITY_SECONDS = 1;
    private static final int EMPTY_RECEIVES = 3;

    private final SqsClient sqs;
    private final String url;
    private final Set<String> sent = new HashSet<>();
    private final Set<String> deletionTried = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private int number;

    QueueLedger(SqsClient sqs) {
        this.sqs = requireNonNull(sqs, "sqs");
        this.url = sqs.createQueue(request -> request.queueName("kill-ledger")).queueUrl();
    }

    @Override
    public void step() {
        int own = number++;
        sent.add(sqs.sendMessage(request -> request.queueUrl(url).messageBody("message " + own))
                .messageId());
        if (own % 2 == 0) {
            receive().stream().limit(1).forEach(this::delete);
        }
    }

    private List<Message> receive() {
        return sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).visibilityTimeout(VISIBILITY_SECONDS))
                .messages();
    }

    private void delete(Message message) {
        deletionTried.add(message.messageId());
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        deleted.add(message.messageId());
    }

    /** Takes all messages out, which may still be hidden for a moment. */
    @Override
    public void close(List<String> broken) {
        Set<String> present = new HashSet<>();
        int empty = 0;
        while (empty < EMPTY_RECEIVES) {
            List<Message> messages = receiveSafely();
            messages.forEach(message -> present.add(message.messageId()));
            messages.forEach(this::deleteSafely);
            empty = messages.isEmpty() ? empty + 1 : 0;
            if (messages.isEmpty()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(VISIBILITY_SECONDS * 1_100L));
            }
        }
        for (String id : sent) {
            if (!present.contains(id) && !deletionTried.contains(id)) {
                broken.add("message " + id + " was acknowledged and is missing");
            }
            if (present.contains(id) && deleted.contains(id)) {
                broken.add("message " + id + " was deleted and is there again");
            }
        }
    }

    private List<Message> receiveSafely() {
        try {
            return receive();
        } catch (SdkException injected) {
            return receiveSafely();
        }
    }

    private void deleteSafely(Message message) {
        try {
            sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        } catch (SdkException injected) {
            deletionTried.add(message.messageId());
        }
    }

    @Override
    public String toString() {
        return "%d messages, %d deleted".formatted(sent.size(), deleted.size());
    }
}
