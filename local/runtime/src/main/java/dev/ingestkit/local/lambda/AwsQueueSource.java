package dev.ingestkit.local.lambda;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.mapping.queue.QueueMessage;
import dev.ingestkit.local.mapping.queue.QueueSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Reads a queue by the actions of SQS's API, of this process or of another endpoint. Thread-safe. */
public final class AwsQueueSource implements QueueSource {

    private final Arn queue;
    private final Caller caller;

    /** Calls an action of SQS for a queue. */
    @FunctionalInterface
    public interface Caller {

        /**
         * Calls an action.
         *
         * @param input the members of the call, without {@code QueueUrl}
         */
        CompletionStage<JsonNode> call(Arn queue, String action, ObjectNode input);
    }

    public AwsQueueSource(Arn queue, Caller caller) {
        this.queue = requireNonNull(queue, "queue");
        this.caller = requireNonNull(caller, "caller");
    }

    @Override
    public CompletionStage<List<QueueMessage>> receive(int max, Duration wait) {
        ObjectNode input = Json.mapper()
                .createObjectNode()
                .put("MaxNumberOfMessages", max)
                .put("WaitTimeSeconds", wait.toSeconds());
        input.putArray("MessageAttributeNames").add("All");
        input.putArray("MessageSystemAttributeNames").add("All");
        return caller.call(queue, "ReceiveMessage", input).thenApply(answer -> {
            List<QueueMessage> messages = new ArrayList<>();
            answer.path("Messages").forEach(message -> messages.add(QueueMessage.of(message, queue)));
            return messages;
        });
    }

    @Override
    public CompletionStage<Duration> visibilityTimeout() {
        ObjectNode input = Json.mapper().createObjectNode();
        input.putArray("AttributeNames").add("VisibilityTimeout");
        return caller.call(queue, "GetQueueAttributes", input)
                .thenApply(answer -> Duration.ofSeconds(
                        answer.path("Attributes").path("VisibilityTimeout").asLong()));
    }

    @Override
    public CompletionStage<Void> delete(List<QueueMessage> messages) {
        return batch("DeleteMessageBatch", messages, (message, entry) -> {});
    }

    @Override
    public CompletionStage<Void> release(List<QueueMessage> messages) {
        return batch("ChangeMessageVisibilityBatch", messages, (message, entry) -> entry.put("VisibilityTimeout", 0));
    }

    private CompletionStage<Void> batch(
            String action, List<QueueMessage> messages, BiConsumer<QueueMessage, ObjectNode> members) {
        ObjectNode input = Json.mapper().createObjectNode();
        ArrayNode entries = input.putArray("Entries");
        for (QueueMessage message : messages) {
            ObjectNode entry = entries.addObject()
                    .put("Id", Integer.toString(entries.size()))
                    .put("ReceiptHandle", message.receiptHandle());
            members.accept(message, entry);
        }
        return caller.call(queue, action, input).thenAccept(answer -> {
            JsonNode failed = answer.path("Failed").path(0);
            if (!failed.isMissingNode()) {
                throw new IllegalStateException("%s: %s"
                        .formatted(
                                failed.path("Code").asText(),
                                failed.path("Message").asText()));
            }
        });
    }
}
