package dev.ingestkit.cli.deadletter;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * The parts of a message beside its body that are needed to return it to the queue whose redrive policy moved it.
 *
 * @param source the ARN of that queue
 * @param group the message's group in a FIFO queue; null in another queue
 * @param attributes the message's attributes
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html">
 *     SQS dead-letter queues</a>
 */
public record MovedMessage(String source, @Nullable String group, Map<String, MessageAttributeValue> attributes)
        implements WholeMessage {

    public MovedMessage {
        requireNonNull(source, "source");
        attributes = Map.copyOf(attributes);
    }

    /** Returns the parts of a received message; empty unless a redrive policy moved it. */
    static Optional<MovedMessage> of(Message message) {
        Map<MessageSystemAttributeName, String> attributes = message.attributes();
        return Optional.ofNullable(attributes.get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN))
                .map(source -> new MovedMessage(
                        source,
                        attributes.get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                        message.messageAttributes()));
    }

    /** Returns the attributes' values as text; a binary one is empty. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach((name, value) -> texts.put(name, Objects.requireNonNullElse(value.stringValue(), "")));
        return texts;
    }

    /** Returns the name of the queue. */
    public String queue() {
        return Arn.nameIn(source);
    }
}
