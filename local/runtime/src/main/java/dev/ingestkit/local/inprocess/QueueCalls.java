package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.lambda.AwsQueueSource;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.sqs.SqsService;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Calls SQS of this process, without HTTP. Thread-safe. */
public final class QueueCalls implements AwsQueueSource.Caller {

    private static final HttpRequest HTTP = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");

    private final SqsService sqs;

    public QueueCalls(SqsService sqs) {
        this.sqs = requireNonNull(sqs, "sqs");
    }

    @Override
    public CompletionStage<JsonNode> call(Arn queue, String action, ObjectNode input) {
        input.put(
                "QueueUrl",
                sqs.url(queue)
                        .orElseThrow(
                                () -> new IllegalArgumentException("The queue %s does not exist.".formatted(queue))));
        ServiceRequest request =
                new ServiceRequest(action, input, UUID.randomUUID().toString(), ServiceRequest.Wire.JSON_1_0, HTTP);
        return sqs.handle(request).thenApply(QueueCalls::members);
    }

    private static JsonNode members(ServiceResponse response) {
        return response.fold(members -> members, raw -> {
            throw new IllegalStateException("SQS answers its actions with members, not with a response");
        });
    }
}
