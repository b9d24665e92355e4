package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Runs the tool on a dead letter queue whose messages a redrive policy moved: they are no documents of a mapping. */
final class MovedMessagesByToolTest {

    static final String TEMPLATE = """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Jobs:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: jobs
              RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 1}
          Failed: {Type: AWS::SQS::Queue, Properties: {QueueName: failed-jobs}}
          InOrder:
            Type: AWS::SQS::Queue
            Properties:
              QueueName: in-order.fifo
              FifoQueue: true
              RedrivePolicy: {deadLetterTargetArn: !GetAtt FailedInOrder.Arn, maxReceiveCount: 1}
          FailedInOrder: {Type: AWS::SQS::Queue, Properties: {QueueName: failed-in-order.fifo, FifoQueue: true}}
        """;

    @TempDir
    private Path folder;

    @RegisterExtension
    final TemplateStack stack = new TemplateStack(() -> folder, TEMPLATE, Map.of());

    private Tool.Result tool(String queue, String... arguments) {
        return stack.tool()
                .run(Stream.concat(Stream.of(arguments), Stream.of("--queue", queue))
                        .toArray(String[]::new));
    }

    private String url(String queue) {
        return stack.clients()
                .sqs()
                .getQueueUrl(request -> request.queueName(queue))
                .queueUrl();
    }

    /** Receives all messages of a queue without deleting them, so that the next receive moves them. */
    private List<Message> receive(String queue) {
        return stack.clients()
                .sqs()
                .receiveMessage(request -> request.queueUrl(url(queue))
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(0)
                        .messageAttributeNames("All"))
                .messages();
    }

    private void fail(String queue) {
        assertThat(receive(queue)).isNotEmpty();
        assertThat(receive(queue)).isEmpty();
    }

    @Test
    void aMessageReturnsToTheQueueItCameFromWithItsAttributes() {
        SqsClient sqs = stack.clients().sqs();
        sqs.sendMessage(request -> request.queueUrl(url("jobs"))
                .messageBody("{\"eventId\":\"job-1\",\"total\":12}")
                .messageAttributes(Map.of(
                        "tenant",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("acme")
                                .build())));
        fail("jobs");

        JsonNode listed = tool("Failed", "dlq", "list", "-o", "json").json().path(0);
        JsonNode shown = tool("Failed", "dlq", "show", listed.path("id").asText(), "-o", "json")
                .json();
        Tool.Result rehearsed = tool("Failed", "dlq", "redrive", "--dry-run");
        Tool.Result redriven = tool("Failed", "dlq", "redrive", "--filter", "payload.total > `10`");

        assertThat(listed.path("kind").asText()).isEqualTo("message");
        assertThat(listed.path("reason").asText()).isEqualTo("MaxReceiveCount");
        assertThat(listed.path("text").asText()).isEqualTo("received too often from queue jobs");
        assertThat(listed.path("eventId").asText()).isEqualTo("job-1");
        assertThat(shown.path("queue").asText()).isEqualTo("jobs");
        assertThat(shown.path("attributes").path("tenant").asText()).isEqualTo("acme");
        assertThat(shown.path("body").asText()).isEqualTo("{\"eventId\":\"job-1\",\"total\":12}");
        assertThat(rehearsed.err()).contains("would redrive 1 record of 1 dead letter");
        assertThat(redriven.exit()).as(redriven.err()).isZero();
        assertThat(receive("jobs")).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("{\"eventId\":\"job-1\",\"total\":12}");
            assertThat(message.messageAttributes())
                    .extractingByKey("tenant")
                    .extracting(MessageAttributeValue::stringValue)
                    .isEqualTo("acme");
        });
        assertThat(receive("failed-jobs")).isEmpty();
    }

    @Test
    void aMessageIsEditedOnItsWay() {
        stack.clients()
                .sqs()
                .sendMessage(request -> request.queueUrl(url("jobs")).messageBody("{\"total\":12}"));
        fail("jobs");

        Tool.Result redriven = tool("Failed", "dlq", "redrive", "--set", "total=13");

        assertThat(redriven.exit()).as(redriven.err()).isZero();
        assertThat(receive("jobs")).singleElement().extracting(Message::body).isEqualTo("{\"total\":13}");
    }

    @Test
    void messagesOfAFifoQueueKeepGroupAndOrder() {
        SqsClient sqs = stack.clients().sqs();
        for (String body : List.of("first", "second")) {
            sqs.sendMessage(request -> request.queueUrl(url("in-order.fifo"))
                    .messageBody(body)
                    .messageGroupId("ann")
                    .messageDeduplicationId(body));
        }
        fail("in-order.fifo");

        Tool.Result redriven = tool("FailedInOrder", "dlq", "redrive");

        assertThat(redriven.exit()).as(redriven.err()).isZero();
        assertThat(receive("in-order.fifo")).extracting(Message::body).containsExactly("first", "second");
    }

    @Test
    void aMessageThatNoQueueMovedStaysWithTheReason() {
        stack.clients()
                .sqs()
                .sendMessage(request -> request.queueUrl(url("failed-jobs")).messageBody("by hand"));

        Tool.Result redriven = tool("Failed", "dlq", "redrive", "-o", "json");
        Tool.Result pulled = tool("Failed", "dlq", "pull");

        assertThat(redriven.exit()).isEqualTo(1);
        assertThat(redriven.out()).contains("no queue's redrive policy moved it here");
        assertThat(pulled.exit()).isEqualTo(3);
        assertThat(receive("failed-jobs")).hasSize(1);
    }
}
