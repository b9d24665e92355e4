package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.delivery.AsyncInvocations;
import dev.ingestkit.local.delivery.Targets;
import dev.ingestkit.local.eventbridge.EventBridgeService;
import dev.ingestkit.local.eventbridge.Target;
import dev.ingestkit.local.eventbridge.TargetInput;
import dev.ingestkit.local.eventbridge.TargetSender;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.sns.SnsService;
import dev.ingestkit.local.sns.Subscribers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The queues, topics and functions of this process as targets and subscribers. Thread-safe. */
public final class ServiceTargets implements Targets, Subscribers, TargetSender {

    private final QueueCalls queues;
    private final Supplier<SnsService> topics;
    private final Supplier<AsyncInvocations> functions;
    private final Supplier<EventBridgeService> buses;
    private final Streams streams;

    /** Puts a record into a stream. */
    @FunctionalInterface
    public interface Streams {

        CompletionStage<Void> put(Arn stream, String partitionKey, String data);
    }

    /**
     * Creates the targets.
     *
     * @param topics SNS, which itself delivers to these targets
     * @param buses EventBridge, whose rules send to these targets
     * @param streams Kinesis
     * @param functions the queue of asynchronous invocations, whose destinations these targets are
     */
    public ServiceTargets(
            QueueCalls queues,
            Streams streams,
            Supplier<SnsService> topics,
            Supplier<EventBridgeService> buses,
            Supplier<AsyncInvocations> functions) {
        this.queues = requireNonNull(queues, "queues");
        this.streams = requireNonNull(streams, "streams");
        this.topics = requireNonNull(topics, "topics");
        this.buses = requireNonNull(buses, "buses");
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
    public CompletionStage<Void> send(Target target, String payload, String ruleArn, String eventId) {
        Arn arn = Arn.parse(target.arn());
        String group = target.parameters().get("MessageGroupId");
        return switch (arn.service()) {
            case "lambda" ->
                functions.get().invoke(target.arn(), ruleArn, eventId, payload.getBytes(StandardCharsets.UTF_8));
            case "sqs" ->
                sendToQueue(
                        arn,
                        payload,
                        Json.mapper().createObjectNode(),
                        group == null ? null : new Order(group, eventId));
            case "sns" -> topics.get().publish(arn, payload).thenAccept(sent -> {});
            case "kinesis" -> streams.put(arn, partitionKey(target, payload, eventId), payload);
            case "events" -> publish(arn, payload);
            default ->
                CompletableFuture.failedFuture(new UnsupportedOperationException(
                        "a target here must be a function, queue, topic, stream or bus: " + arn));
        };
    }

    private static String partitionKey(Target target, String payload, String eventId) {
        String path = target.parameters().get("PartitionKeyPath");
        return path == null
                ? target.parameters().getOrDefault("PartitionKey", eventId)
                : TargetInput.path(path).partOf(payload).orElse(eventId);
    }

    private CompletionStage<Void> publish(Arn bus, String payload) {
        try {
            if (Json.exactMapper().readTree(payload) instanceof ObjectNode event) {
                buses.get().publish(bus.resourceName(), event);
                return CompletableFuture.completedFuture(null);
            }
        } catch (IOException notJson) {
            return CompletableFuture.failedFuture(notJson);
        }
        return CompletableFuture.failedFuture(new IllegalArgumentException("an event must be a JSON object"));
    }

    @Override
    public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
        return functions.get().invoke(functionArn, source.toString(), id, event);
    }
}
