package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.QueueCounts;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.core.deadletter.DeadLetterFormatException;
import dev.ingestkit.core.deadletter.DeadLetterReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * The dead letter queue. Receiving hides a message from others for a while; a reader returns the messages that it keeps
 * in the queue. Not thread-safe.
 */
public final class DeadLetterQueue {

    /** The limit of messages that SQS receives, hides or deletes in one call. */
    static final int MAX_PER_CALL = 10;

    private final SqsClient sqs;
    private final String url;

    /** Creates a view of the queue with the given URL. */
    public DeadLetterQueue(AwsClients clients, String url) {
        this.sqs = requireNonNull(clients, "clients").sqs();
        this.url = requireNonNull(url, "url");
    }

    /**
     * One message of the queue.
     *
     * @param content the dead letter; empty if the message is not a dead letter of a known form
     * @param whole its parts if it is another message that can be redriven
     * @param problem the reason why its form is unknown
     */
    public record ReceivedMessage(
            String messageId,
            String receiptHandle,
            String body,
            Instant sentAt,
            int receiveCount,
            Optional<DeadLetter> content,
            Optional<WholeMessage> whole,
            Optional<String> problem) {

        /** Returns its parts if a redrive policy moved it. */
        public Optional<MovedMessage> moved() {
            return whole.filter(MovedMessage.class::isInstance).map(MovedMessage.class::cast);
        }

        /** Returns its parts if it reports a failed asynchronous invocation. */
        public Optional<FailedInvocation> invocation() {
            return whole.filter(FailedInvocation.class::isInstance).map(FailedInvocation.class::cast);
        }
    }

    /** Returns SQS's approximate numbers of messages. */
    public QueueCounts counts() {
        try {
            return QueueCounts.read(sqs, url);
        } catch (SdkException refused) {
            throw unusable(refused);
        }
    }

    /** Returns SQS's approximate number of messages. */
    public long approximateCount() {
        QueueCounts counts = counts();
        return counts.visible() + counts.hidden();
    }

    /** Returns the retention period of the queue. */
    public Duration retention() {
        return Duration.ofSeconds(number(
                attributes(QueueAttributeName.MESSAGE_RETENTION_PERIOD), QueueAttributeName.MESSAGE_RETENTION_PERIOD));
    }

    private Map<QueueAttributeName, String> attributes(QueueAttributeName... names) {
        try {
            return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(names))
                    .attributes();
        } catch (SdkException refused) {
            throw unusable(refused);
        }
    }

    private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        return Long.parseLong(attributes.getOrDefault(name, "0"));
    }

    /**
     * Receives messages up to a limit, and hides them.
     *
     * @param hidden the time for which others do not see them; at most 12 hours (SQS quota)
     */
    public List<ReceivedMessage> receive(int limit, Duration hidden) {
        Map<String, ReceivedMessage> deadLetters = new LinkedHashMap<>();
        while (deadLetters.size() < limit) {
            List<ReceivedMessage> some = receiveSome(Math.min(MAX_PER_CALL, limit - deadLetters.size()), hidden);
            if (some.isEmpty()) {
                break;
            }
            some.forEach(deadLetter -> deadLetters.put(deadLetter.messageId(), deadLetter));
        }
        return new ArrayList<>(deadLetters.values());
    }

    /** Reads messages up to a limit without hiding them: others may receive them again at once. */
    public List<ReceivedMessage> peek(int limit) {
        List<ReceivedMessage> deadLetters = receive(limit, Duration.ofSeconds(30));
        release(deadLetters.stream().map(ReceivedMessage::receiptHandle).toList());
        return deadLetters;
    }

    /**
     * Receives at most ten messages; an empty result means that none can be received now. A short poll asks only some
     * of SQS's servers, so its empty result counts only if the approximate number is zero too; otherwise a long poll of
     * up to a second asks all of them.
     */
    List<ReceivedMessage> receiveSome(int max, Duration hidden) {
        List<ReceivedMessage> found = receiveSome(max, hidden, 0);
        return found.isEmpty() && counts().visible() > 0 ? receiveSome(max, hidden, 1) : found;
    }

    private List<ReceivedMessage> receiveSome(int max, Duration hidden, int waitSeconds) {
        try {
            return sqs
                    .receiveMessage(ReceiveMessageRequest.builder()
                            .queueUrl(url)
                            .maxNumberOfMessages(max)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .waitTimeSeconds(waitSeconds)
                            .messageSystemAttributeNames(
                                    MessageSystemAttributeName.SENT_TIMESTAMP,
                                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                                    MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN,
                                    MessageSystemAttributeName.MESSAGE_GROUP_ID)
                            .messageAttributeNames("All")
                            .build())
                    .messages()
                    .stream()
                    .map(DeadLetterQueue::deadLetter)
                    .toList();
        } catch (SdkException refused) {
            throw unusable(refused);
        }
    }

    private static ReceivedMessage deadLetter(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        long sent = Long.parseLong(attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"));
        int received =
                Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
        Optional<DeadLetter> read = Optional.empty();
        Optional<WholeMessage> whole = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            read = Optional.of(DeadLetterReader.read(message.body()));
        } catch (DeadLetterFormatException unknown) {
            whole = MovedMessage.of(message)
                    .<WholeMessage>map(moved -> moved)
                    .or(() -> FailedInvocation.of(message.body()));
            problem = whole.isPresent()
                    ? Optional.empty()
                    : Optional.of("no queue's redrive policy moved it here, and " + unknown.getMessage());
        }
        return new ReceivedMessage(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Instant.ofEpochMilli(sent),
                received,
                read,
                whole,
                problem);
    }

    /** Keeps messages hidden for a time from now on. A message that has become visible meanwhile stays so. */
    void hide(List<String> receiptHandles, Duration time) {
        for (int from = 0; from < receiptHandles.size(); from += MAX_PER_CALL) {
            List<String> some = receiptHandles.subList(from, Math.min(from + MAX_PER_CALL, receiptHandles.size()));
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String handle : some) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(handle)
                        .visibilityTimeout((int) time.toSeconds())
                        .build());
            }
            try {
                // A message that SQS rejects here is visible again or deleted, so nothing is left to do.
                sqs.changeMessageVisibilityBatch(
                        request -> request.queueUrl(url).entries(entries));
            } catch (SdkException refused) {
                throw unusable(refused);
            }
        }
    }

    /** Makes a message visible to others at once. */
    public void release(ReceivedMessage deadLetter) {
        release(List.of(deadLetter.receiptHandle()));
    }

    /** Makes messages visible to others at once. */
    void release(List<String> receiptHandles) {
        hide(receiptHandles, Duration.ZERO);
    }

    /** Deletes a message permanently. */
    public void delete(ReceivedMessage deadLetter) {
        try {
            sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(deadLetter.receiptHandle()));
        } catch (SdkException refused) {
            throw unusable(refused);
        }
    }

    /** Deletes at most ten messages permanently. */
    void delete(List<ReceivedMessage> deadLetters) {
        if (deadLetters.isEmpty()) {
            return;
        }
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        for (ReceivedMessage deadLetter : deadLetters) {
            entries.add(DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .receiptHandle(deadLetter.receiptHandle())
                    .build());
        }
        List<BatchResultErrorEntry> failed;
        try {
            failed = sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(entries))
                    .failed();
        } catch (SdkException refused) {
            throw unusable(refused);
        }
        if (!failed.isEmpty()) {
            throw new CliException(
                            "NOT_DELETED",
                            ExitCode.ENVIRONMENT,
                            "%d of %d messages were not deleted".formatted(failed.size(), deadLetters.size()))
                    .because(failed.get(0).code() + ": " + failed.get(0).message(), null)
                    .hint("their records are safe; the messages will reappear and can be deleted then");
        }
    }

    /** Deletes all messages permanently. SQS allows one purge per minute. */
    public void purge() {
        try {
            sqs.purgeQueue(request -> request.queueUrl(url));
        } catch (PurgeQueueInProgressException again) {
            throw new CliException(
                            "PURGE_IN_PROGRESS", ExitCode.FAILED, "the queue was already purged within the last minute")
                    .because(String.valueOf(again.getMessage()), again)
                    .hint("wait a minute: SQS allows one purge per minute");
        } catch (SdkException refused) {
            throw unusable(refused);
        }
    }

    /** Returns the queue's name, the last part of its URL. */
    public String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private CliException unusable(SdkException refused) {
        return SdkFailures.of("QUEUE", "the dead letter queue '" + url + "'", refused);
    }
}
