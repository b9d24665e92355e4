package dev.ingestkit.local.attach;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.control.QueueDepth;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The queues of another endpoint, by their ARNs. Thread-safe. */
public final class RemoteQueues {

    private final AwsClient endpoint;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    public RemoteQueues(AwsClient endpoint) {
        this.endpoint = requireNonNull(endpoint, "endpoint");
    }

    /** Sends a message and returns its id. */
    public CompletableFuture<String> send(String queueArn, String body) {
        return url(queueArn)
                .thenCompose(url ->
                        endpoint.call(AwsApi.SQS, "SendMessage", queue(url).put("MessageBody", body)))
                .thenApply(answer -> answer.path("MessageId").asText());
    }

    /** Calls an action for a queue. */
    public CompletableFuture<JsonNode> call(Arn queue, String action, ObjectNode input) {
        return url(queue.toString()).thenCompose(url -> endpoint.call(AwsApi.SQS, action, input.put("QueueUrl", url)));
    }

    public CompletableFuture<QueueDepth> depth(String queueArn) {
        return url(queueArn).thenCompose(url -> {
            ObjectNode input = queue(url);
            input.putArray("AttributeNames")
                    .add("ApproximateNumberOfMessages")
                    .add("ApproximateNumberOfMessagesNotVisible");
            return endpoint.call(AwsApi.SQS, "GetQueueAttributes", input).thenApply(answer -> {
                JsonNode attributes = answer.path("Attributes");
                return new QueueDepth(
                        Arn.nameIn(queueArn),
                        url,
                        attributes.path("ApproximateNumberOfMessages").asLong(),
                        attributes.path("ApproximateNumberOfMessagesNotVisible").asLong());
            });
        });
    }

    /** Returns the URL as the endpoint writes it, which names the queue in later calls, whatever its host is. */
    private CompletableFuture<String> url(String queueArn) {
        String known = urls.get(queueArn);
        if (known != null) {
            return CompletableFuture.completedFuture(known);
        }
        Arn arn = Arn.parse(queueArn);
        ObjectNode input = Json.mapper()
                .createObjectNode()
                .put("QueueName", arn.resource())
                .put("QueueOwnerAWSAccountId", arn.account());
        return endpoint.call(AwsApi.SQS, "GetQueueUrl", input).thenApply(answer -> {
            String url = answer.path("QueueUrl").asText();
            urls.put(queueArn, url);
            return url;
        });
    }

    private static ObjectNode queue(String url) {
        return Json.mapper().createObjectNode().put("QueueUrl", url);
    }
}
