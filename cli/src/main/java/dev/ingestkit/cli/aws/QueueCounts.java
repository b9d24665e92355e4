package dev.ingestkit.cli.aws;

import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * SQS's approximate numbers of messages in a queue. Immutable.
 *
 * @param visible the messages that a reader would receive
 * @param hidden the messages that a reader holds
 */
public record QueueCounts(long visible, long hidden) {

    private static final QueueAttributeName VISIBLE = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final QueueAttributeName HIDDEN = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;

    /** Reads the numbers from SQS; throws what its client throws. */
    public static QueueCounts read(SqsClient sqs, String url) {
        Map<QueueAttributeName, String> found = sqs.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(VISIBLE, HIDDEN))
                .attributes();
        return new QueueCounts(number(found, VISIBLE), number(found, HIDDEN));
    }

    private static long number(Map<QueueAttributeName, String> found, QueueAttributeName name) {
        return Long.parseLong(found.getOrDefault(name, "0"));
    }
}
