package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.contract.CapsulesOfAnySourceTest.Source;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.testkit.IngestPipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Follows events that enter by a queue, from the queue to their end. */
final class TracedMessagesTest {

    @TempDir
    private Path project;

    private IngestPipeline pipeline;
    private Tool tool;

    @BeforeEach
    void start() throws Exception {
        pipeline = IngestPipeline.start(
                Files.writeString(project.resolve("template.yaml"), CapsulesOfAnySourceTest.TEMPLATE));
        tool = new Tool(project).target("--endpoint-url", pipeline.endpoint().toString(), "--stack", "test");
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private JsonNode trace(String id, String end) {
        return Awaitility.await("the trace of " + id)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> tool.run("trace", id, "-o", "json"),
                        result -> result.out().contains(end))
                .json();
    }

    private static List<String> kinds(JsonNode trace) {
        return trace.path("history").findValuesAsText("kind");
    }

    @Test
    void aMessageThatIsProcessedHasATraceFromTheQueueToTheInvocation() {
        String message = pipeline.client(SqsClient.class)
                .sendMessage(call -> call.queueUrl(pipeline.name("Jobs")).messageBody("{\"id\":\"order-1\"}"))
                .messageId();

        JsonNode trace = trace(message, "succeeded");

        assertThat(kinds(trace)).containsExactlyInAnyOrder("queued", "invoked");
        assertThat(trace.at("/history/0/messageId").asText()).isEqualTo(message);
        assertThat(tool.run("wait", "--id", message, "--for", "processed").exit())
                .isZero();
    }

    @Test
    void aMessageThatIsGivenUpIsTracedByAnIdInItsBodyIntoTheDeadLetterQueue() throws Exception {
        Source.QUEUE.send(pipeline, "order-2");
        trace("order-2", "failed");
        pipeline.clock().advance(Duration.ofMinutes(1));
        pipeline.clock().advance(Duration.ofMinutes(1));

        JsonNode trace = trace("order-2", "received too often");

        assertThat(kinds(trace)).containsExactlyInAnyOrder("queued", "invoked", "invoked", "queued");
        assertThat(trace.at("/history/3/from").asText()).contains("Jobs");
        String dead = trace.at("/deadLetters/0/messageId").asText();
        assertThat(dead).isEqualTo(trace.at("/history/0/messageId").asText());
        Tool.Result page = tool.run("trace", "order-2");
        assertThat(page.out())
                .contains("moved from")
                .contains("in the queue: MaxReceiveCount: received too often from queue ");
        assertThat(tool.run("wait", "--id", "order-2", "--for", "dead").exit()).isZero();

        Tool.Result saved = tool.run("capsule", "save", "--dead-letter", dead, "--name", "given-up");
        assertThat(saved.exit()).as(saved.err()).isZero();
        Capsule capsule = Capsule.parse(Files.readAllBytes(project.resolve(".ingest/capsules/given-up.json")));
        assertThat(capsule.source().function()).isEqualTo("Worker");
        JsonNode event = new ObjectMapper().readTree(capsule.event());
        assertThat(event.at("/Records/0/body").asText()).contains("order-2");
        assertThat(event.at("/Records/0/eventSourceARN").asText()).contains("Jobs");
        assertThat(tool.run("capsule", "replay", "given-up").exit()).isEqualTo(1);
    }

    private String send(String body) {
        return pipeline.client(SqsClient.class)
                .sendMessage(call -> call.queueUrl(pipeline.name("Jobs")).messageBody(body))
                .messageId();
    }

    @Test
    void aProcessedMessageIsFoundByTheIdsInItsBody() {
        String message = send("{\"id\":\"order-5\",\"customerId\":77,\"lines\":[]}");

        JsonNode trace = trace("order-5", "succeeded");

        assertThat(kinds(trace)).containsExactlyInAnyOrder("queued", "invoked");
        assertThat(trace.at("/history/0/messageId").asText()).isEqualTo(message);
        assertThat(trace.at("/history/0/bodyIds")).extracting(JsonNode::asText).containsExactly("order-5", "77");
        assertThat(kinds(trace("77", "succeeded"))).containsExactlyInAnyOrder("queued", "invoked");
        assertThat(tool.run("wait", "--id", "order-5", "--for", "processed").exit())
                .isZero();
        assertThat(tool.run("tail", "--id", "order-5").out())
                .contains("queued", "message " + message, "ids order-5, 77", "invoked");
        Tool.Result events = tool.run("tail", "--events", "--id", "77", "-o", "ndjson");
        assertThat(events.out()).as(events.err()).contains("order-5");
        assertThat(events.json().path("status").asText()).isEqualTo("processed");
        assertThat(events.json().path("messageId").asText()).isEqualTo(message);
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    @Test
    void messagesWithTheSameIdAreShownTogetherAndAwaitedTogether() {
        pipeline.client(SqsClient.class)
                .sendMessageBatch(call -> call.queueUrl(pipeline.name("Jobs"))
                        .entries(
                                entry("1", "{\"orderId\":\"order-6\"}"),
                                entry("2", "{\"order_id\":\"order-6\",\"kind\":\"poison\"}"),
                                entry("3", "{\"orderId\":\"order-7\"}")));
        trace("order-6", "failed");

        Tool.Result page = tool.run("trace", "order-6");

        assertThat(page.out().lines().filter(line -> line.contains("queued"))).hasSize(2);
        assertThat(page.err()).contains("2 messages have the id 'order-6'");
        assertThat(tool.run("wait", "--id", "order-6", "--for", "processed", "--timeout", "1ms")
                        .exit())
                .isEqualTo(6);
        assertThat(tool.run("wait", "--id", "order-7", "--for", "processed").exit())
                .isZero();
    }

    @Test
    void anEventOfATopicIsFoundByTheIdsInItsMessage() {
        Source.TOPIC.send(pipeline, "order-8");

        assertThat(kinds(trace("order-8", "failed"))).contains("invoked");
    }
}
