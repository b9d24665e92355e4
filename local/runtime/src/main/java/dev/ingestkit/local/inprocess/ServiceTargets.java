package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.delivery.Targets;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.sns.SnsService;
import dev.ingestkit.local.sns.Subscribers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The queues, topics and functions of this process as targets and subscribers. Thread-safe. */
public final class ServiceTargets implements Targets, Subscribers {

    private final QueueCalls queues;
    private final Supplier<SnsService> topics;
    private final Supplier<AsyncInvocations> functions;

    /**
     * Creates the targets.
     *
     * @param topics SNS, which itself delivers to these targets
     * @param functions the queue of asynchronous invocations, whose destinations these targets are
     */
    public ServiceTargets(QueueCalls queues, Supplier<SnsService> topics, Supplier<AsyncInvocations> functions) {
        this.queues = requireNonNull(queues, "queues");
        this.topics = requireNonNull(topics, "topics");
        this.functions = requireNonNull(functions, "functions");
    }

    @Override
    public CompletionStage<?> send(String arn, String body, ObjectNode attributes) {
        Arn target = Arn.parse(arn);
        return switch (target.service()) {
            case "sqs" -> sendToQueue(target, body, attributes, null);
            case "sns" -> topics.get().publish(target, body);
            default ->
                CompletableFuture.failedFuture(new UnsupportedOperationException(
                        "a target here must be an SQS queue or an SNS topic: " + arn));
        };
    }

    @Override
    public CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode attributes, @Nullable Order order) {
        ObjectNode input = Json.mapper().createObjectNode().put("MessageBody", body);
        if (!attributes.isEmpty()) {
            input.set("MessageAttributes", attributes);
        }
        if (order != null) {
            input.put("MessageGroupId", order.groupId()).put("MessageDeduplicationId", order.deduplicationId());
        }
        return queues.call(queue, "SendMessage", input).thenAccept(sent -> {});
    }

    @Override
    public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
        return functions.get().invoke(functionArn, source.toString(), id, event);
    }
}
