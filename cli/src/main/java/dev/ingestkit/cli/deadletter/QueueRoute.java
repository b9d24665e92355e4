package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.local.events.Arn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Returns a message to the queue whose redrive policy moved it, with its attributes and its group. */
final class QueueRoute implements RedriveRoute {

    private final SqsClient sqs;
    private final String messageId;
    private final MovedMessage message;

    QueueRoute(AwsClients clients, String messageId, MovedMessage message) {
        this.sqs = requireNonNull(clients, "clients").sqs();
        this.messageId = requireNonNull(messageId, "messageId");
        this.message = requireNonNull(message, "message");
    }

    /** Sends the message; a queue has no ranges by which a second failure is recognized. */
    @Override
    public Result redrive(List<ShardRecord> records, RedrivePace pace) {
        if (!pace.await(1)) {
            return new Result(List.of("stopped before the message was sent"), List.of());
        }
        try {
            String url = url();
            records.forEach(record -> sqs.sendMessage(request(url, record)));
            return new Result(List.of(), List.of());
        } catch (SdkException refused) {
            return new Result(
                    List.of("queue '%s': %s".formatted(message.queue(), SdkFailures.cause(refused))), List.of());
        }
    }

    private String url() {
        return sqs.getQueueUrl(request -> request.queueName(message.queue())
                        .queueOwnerAWSAccountId(Arn.parse(message.source()).account()))
                .queueUrl();
    }

    private SendMessageRequest request(String url, ShardRecord record) {
        SendMessageRequest.Builder request = SendMessageRequest.builder()
                .queueUrl(url)
                .messageBody(new String(record.data(), StandardCharsets.UTF_8))
                .messageAttributes(message.attributes());
        if (message.group() != null) {
            request.messageGroupId(message.group());
            if (message.queue().endsWith(".fifo")) {
                // An id of its own: with the first one the queue may take the message for a duplicate.
                request.messageDeduplicationId(messageId);
            }
        }
        return request.build();
    }
}
