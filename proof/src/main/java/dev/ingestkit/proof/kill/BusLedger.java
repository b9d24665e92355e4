package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Puts events on a bus whose rule sends to a queue, and changes the rule's description. For one thread. */
final class BusLedger implements Ledger {

    private static final String NAME = "kill-ledger";

    private final LocalCalls calls;
    private final FanOut queue;

    BusLedger(LocalCalls calls, SqsClient sqs) {
        this.calls = requireNonNull(calls, "calls");
        this.queue = new FanOut("fan-out-of-bus", sqs);
        calls.events("CreateEventBus", object().put("Name", NAME));
        putRule(0);
        ObjectNode targets = object().put("EventBusName", NAME).put("Rule", NAME);
        targets.putArray("Targets")
                .addObject()
                .put("Id", "queue")
                .put("Arn", queue.queueArn())
                .put("InputPath", "$.detail.number");
        calls.events("PutTargets", targets);
    }

    private static ObjectNode object() {
        return Json.mapper().createObjectNode();
    }

    private void putRule(int number) {
        calls.events(
                "PutRule",
                object().put("EventBusName", NAME)
                        .put("Name", NAME)
                        .put("EventPattern", "{\"source\":[\"kill\"]}")
                        .put("Description", Integer.toString(number)));
    }

    private void putEvent(int number) {
        ObjectNode input = object();
        input.putArray("Entries")
                .addObject()
                .put("EventBusName", NAME)
                .put("Source", "kill")
                .put("DetailType", "number")
                .put("Detail", object().put("number", number).toString());
        JsonNode answer = calls.events("PutEvents", input);
        if (answer.path("FailedEntryCount").intValue() != 0) {
            throw SdkClientException.create("the event was refused: " + answer);
        }
    }

    @Override
    public void step() {
        queue.step(this::putEvent, this::putRule);
    }

    @Override
    public void close(List<String> broken) {
        queue.close(Integer.parseInt(rule().path("Description").textValue()), broken);
    }

    private JsonNode rule() {
        try {
            return calls.events(
                    "DescribeRule", object().put("EventBusName", NAME).put("Name", NAME));
        } catch (SdkException injected) {
            return rule();
        }
    }

    @Override
    public String toString() {
        return queue.toString();
    }
}
