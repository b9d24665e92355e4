package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.target.AwsClients;
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
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageNotInflightException;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.PurgeQueueInProgressException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/**
 * The dead letter queue. Receiving hides a message from others for a while; whoever only looks gives it back. Used by one
 * thread.
 */
public final class DeadLetterQueue {

    private static final int MOST_AT_ONCE = 10;

    private final SqsClient sqs;
    private final String url;

    public DeadLetterQueue(AwsClients clients, String url) {
        this.sqs = requireNonNull(clients, "clients").sqs();
        this.url = requireNonNull(url, "url");
    }

    /**
     * One message.
     *
     * @param letter what it tells; empty when it is no dead letter that this tool knows
     * @param problem why it is not known
     */
    public record Letter(
            String messageId,
            String receiptHandle,
            String body,
            Instant sentAt,
            int receiveCount,
            Optional<DeadLetter> letter,
            Optional<String> problem) {}

    /** How many messages there are, roughly, as SQS counts. */
    public long approximateCount() {
        try {
            Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                            .attributeNames(
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                    .attributes();
            return attributes.values().stream().mapToLong(Long::parseLong).sum();
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /**
     * Receives what is there, up to a limit, and hides it.
     *
     * @param hidden for how long others do not see it; at most 12 hours (SQS quota)
     */
    public List<Letter> receive(int limit, Duration hidden) {
        Map<String, Letter> letters = new LinkedHashMap<>();
        while (letters.size() < limit) {
            List<Message> messages = receiveOnce(Math.min(MOST_AT_ONCE, limit - letters.size()), hidden);
            if (messages.isEmpty()) {
                break;
            }
            messages.forEach(message -> letters.put(message.messageId(), letter(message)));
        }
        return new ArrayList<>(letters.values());
    }

    /** Looks at what is there, up to a limit, and gives it back: others may receive it again at once. */
    public List<Letter> peek(int limit) {
        List<Letter> letters = receive(limit, Duration.ofSeconds(30));
        letters.forEach(this::giveBack);
        return letters;
    }

    private List<Message> receiveOnce(int most, Duration hidden) {
        try {
            return sqs.receiveMessage(ReceiveMessageRequest.builder()
                            .queueUrl(url)
                            .maxNumberOfMessages(most)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .waitTimeSeconds(1)
                            .messageSystemAttributeNames(
                                    MessageSystemAttributeName.SENT_TIMESTAMP,
                                    MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                            .messageAttributeNames("All")
                            .build())
                    .messages();
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    private static Letter letter(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        long sent = Long.parseLong(attributes.getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0"));
        int received =
                Integer.parseInt(attributes.getOrDefault(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1"));
        Optional<DeadLetter> read = Optional.empty();
        Optional<String> problem = Optional.empty();
        try {
            read = Optional.of(DeadLetterReader.read(message.body()));
        } catch (DeadLetterFormatException unknown) {
            problem = Optional.of(String.valueOf(unknown.getMessage()));
        }
        return new Letter(
                message.messageId(),
                message.receiptHandle(),
                message.body(),
                Instant.ofEpochMilli(sent),
                received,
                read,
                problem);
    }

    /** Lets others receive it again at once. */
    public void giveBack(Letter letter) {
        try {
            sqs.changeMessageVisibility(request ->
                    request.queueUrl(url).receiptHandle(letter.receiptHandle()).visibilityTimeout(0));
        } catch (MessageNotInflightException seenAgain) {
            // It has come back by itself: what was wanted.
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /** Deletes it for good. */
    public void delete(Letter letter) {
        try {
            sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(letter.receiptHandle()));
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /** Deletes all messages for good. SQS allows that once a minute. */
    public void purge() {
        try {
            sqs.purgeQueue(request -> request.queueUrl(url));
        } catch (PurgeQueueInProgressException again) {
            throw new CliException("PURGE_IN_PROGRESS", ExitCode.FAILED, "the queue was purged within the last minute")
                    .because(String.valueOf(again.getMessage()), again)
                    .hint("wait a minute: SQS allows one purge in it");
        } catch (SdkException refused) {
            throw unreachable(refused);
        }
    }

    /** The queue's name: the last part of its URL. */
    public String name() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private CliException unreachable(SdkException refused) {
        return new CliException("QUEUE_UNUSABLE", ExitCode.ENVIRONMENT, "cannot use the dead letter queue " + url)
                .because(String.valueOf(refused.getMessage()), refused)
                .hint("is it there, and may your credentials use it? ingest-cli doctor");
    }
}
