package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Sends messages to a dead letter queue, from which message move tasks take them away. For one thread. */
final class MoveLedger implements Ledger {

    private static final String SOURCE = "moved-from";
    private static final String DESTINATION = "moved-to";
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:";
    private static final int MESSAGES_OF_A_TASK = 20;
    private static final int RATE = 10;

    private final LocalCalls calls;
    private final SqsClient sqs;
    private final Set<Integer> acknowledged = new HashSet<>();
    private int number;
    private int tasks;

    MoveLedger(LocalCalls calls, SqsClient sqs) {
        this.calls = requireNonNull(calls, "calls");
        this.sqs = requireNonNull(sqs, "sqs");
        calls.sqs("CreateQueue", object().put("QueueName", SOURCE));
        ObjectNode destination = object().put("QueueName", DESTINATION);
        destination
                .putObject("Attributes")
                .put(
                        "RedrivePolicy",
                        object().put("deadLetterTargetArn", ARN + SOURCE)
                                .put("maxReceiveCount", 1000)
                                .toString());
        calls.sqs("CreateQueue", destination);
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    /** Sends a message, without a retry, so it is stored at most once; now and then starts a task. */
    @Override
    public void step() {
        int own = number++;
        calls.sqs(
                "SendMessage",
                object().put("QueueUrl", calls.queueUrl(SOURCE)).put("MessageBody", Integer.toString(own)));
        acknowledged.add(own);
        if (own % MESSAGES_OF_A_TASK == 0) {
            calls.sqs(
                    "StartMessageMoveTask",
                    object().put("SourceArn", ARN + SOURCE)
                            .put("DestinationArn", ARN + DESTINATION)
                            .put("MaxNumberOfMessagesPerSecond", RATE));
            tasks++;
        }
    }

    /** Checks that each message exists once, moved or not. */
    @Override
    public void close(List<String> broken) {
        while (isMoving()) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        Map<Integer, Set<String>> found = new HashMap<>();
        for (String queue : List.of(SOURCE, DESTINATION)) {
            new QueueContents(sqs, calls.queueUrl(queue))
                    .takeAll(message -> found.computeIfAbsent(Integer.parseInt(message.body()), body -> new HashSet<>())
                            .add(message.messageId()));
        }
        for (int own = 0; own < number; own++) {
            int copies = found.getOrDefault(own, Set.of()).size();
            if (copies > 1 || (copies == 0 && acknowledged.contains(own))) {
                broken.add("message %d for a move task is there %d times".formatted(own, copies));
            }
        }
    }

    private boolean isMoving() {
        try {
            JsonNode latest = calls.sqs("ListMessageMoveTasks", object().put("SourceArn", ARN + SOURCE))
                    .path("Results");
            return latest.path(0).path("Status").asText().equals("RUNNING");
        } catch (SdkException unanswered) {
            return true;
        }
    }

    @Override
    public String toString() {
        return "%d messages moved by %d tasks".formatted(acknowledged.size(), tasks);
    }
}
