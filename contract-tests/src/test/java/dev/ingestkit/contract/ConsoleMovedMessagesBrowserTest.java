package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntimeConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Redrives messages that a queue's redrive policy moved, on the console's page, as the tool does. */
final class ConsoleMovedMessagesBrowserTest {

    private static final Map<String, MessageAttributeValue> ATTRIBUTES = Map.of(
            "tenant",
            MessageAttributeValue.builder()
                    .dataType("String")
                    .stringValue("acme")
                    .build(),
            "digest",
            MessageAttributeValue.builder()
                    .dataType("Binary")
                    .binaryValue(SdkBytes.fromUtf8String("\u00ff\u0000"))
                    .build());

    @TempDir
    static Path folder;

    @RegisterExtension
    static final OpenConsole console = OpenConsole.of(ConsoleMovedMessagesBrowserTest::stack);

    private AwsClients clients;

    private static LocalRuntimeConfig stack() {
        try {
            return EmbeddedStack.config(
                    Files.writeString(folder.resolve("template.yaml"), MovedMessagesByToolTest.TEMPLATE));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @BeforeEach
    void connect() {
        clients = new AwsClients(EmbeddedStack.target(console.runtime()));
    }

    /** Deletes what a failed test has left; a queue is purged once a minute at most. */
    @AfterEach
    void deleteMessages() {
        for (String queue : List.of("jobs", "failed-jobs", "in-order.fifo", "failed-in-order.fifo")) {
            receive(queue, 30)
                    .forEach(message -> clients.sqs()
                            .deleteMessage(
                                    request -> request.queueUrl(url(queue)).receiptHandle(message.receiptHandle())));
        }
        clients.close();
    }

    private String url(String queue) {
        return clients.sqs().getQueueUrl(request -> request.queueName(queue)).queueUrl();
    }

    /** Receives all messages of a queue without deleting them, so that the next receive moves them. */
    private List<Message> receive(String queue) {
        return receive(queue, 0);
    }

    private List<Message> receive(String queue, int hiddenSeconds) {
        return clients.sqs()
                .receiveMessage(request -> request.queueUrl(url(queue))
                        .maxNumberOfMessages(10)
                        .visibilityTimeout(hiddenSeconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    /** Receives the only message of a queue, and deletes it. */
    private Message take(String queue) {
        List<Message> found = receive(queue, 30);
        assertThat(found).hasSize(1);
        clients.sqs()
                .deleteMessage(request ->
                        request.queueUrl(url(queue)).receiptHandle(found.get(0).receiptHandle()));
        return found.get(0);
    }

    private void sendAndFail(String queue, String body) {
        SqsClient sqs = clients.sqs();
        boolean fifo = queue.endsWith(".fifo");
        sqs.sendMessage(request -> request.queueUrl(url(queue))
                .messageBody(body)
                .messageAttributes(ATTRIBUTES)
                .messageGroupId(fifo ? "ann" : null)
                .messageDeduplicationId(fifo ? body : null));
        assertThat(receive(queue)).hasSize(1);
        assertThat(receive(queue)).isEmpty();
    }

    private static void open(String queue) {
        console.open("deadletters");
        console.browser().choose("Queue", queue);
    }

    private static void redriveShown() {
        console.browser().click("Redrive 1 shown");
        console.browser().awaitText("Dry run: 1 message");
        console.browser().click("Redrive 1");
        console.browser().awaitText("1 record redriven");
    }

    @Test
    void aMovedMessageSaysWhyAndIsRedrivenAfterADryRun() {
        sendAndFail("jobs", "{\"id\":\"job-1\"}");
        open("failed-jobs");
        console.browser().awaitText("received 1 time from jobs");
        console.browser().awaitText("ingest-cli dlq redrive --dry-run --queue failed-jobs");
        assertThat(console.shows("job-1")).as("the id in the body").isTrue();
        assertThat(console.browser()
                        .script(
                                "return [...document.querySelectorAll('select[aria-label=Queue] option')].map(one => one.value)")
                        .toString())
                .as("the queues that receive dead letters")
                .isEqualTo("[\"failed-jobs\",\"failed-in-order.fifo\"]");
        console.browser().click("Redrive 1 shown");

        console.browser().awaitText("Dry run: 1 message, 1 record, 14 B would go back to jobs.");
        assertThat(receive("jobs")).isEmpty();
        console.browser().click("Redrive 1");
        console.browser().awaitText("No dead letters");
        assertThat(take("jobs").body()).isEqualTo("{\"id\":\"job-1\"}");
    }

    @Test
    void anEditedMessageGoesBackToItsQueue() {
        sendAndFail("jobs", "{\"id\":\"job-2\",\"total\":12}");
        open("failed-jobs");
        console.browser().click("job-2");
        console.browser().click("Edit");
        console.browser().type("Edited payload", "{\"id\":\"job-2\",\"total\":13}");
        console.browser().click("Redrive edited");

        console.browser().awaitText("No dead letters");
        assertThat(take("jobs").body()).isEqualTo("{\"id\":\"job-2\",\"total\":13}");
    }

    @Test
    void thePageReturnsAMessageAsTheToolDoes() {
        for (String queue : List.of("jobs", "in-order.fifo")) {
            sendAndFail(queue, "by-the-tool");
            String byTool = onlyId(failed(queue));
            Tool.Result redriven = new Tool(folder)
                    .target("--endpoint-url", console.runtime().endpoint().toString())
                    .run("dlq", "redrive", "--queue", failed(queue));
            Message expected = take(queue);
            sendAndFail(queue, "by-the-page");
            String byPage = onlyId(failed(queue));
            open(failed(queue));
            redriveShown();
            Message found = take(queue);

            assertThat(redriven.exit()).as(redriven.err()).isZero();
            assertThat(found.body()).isEqualTo("by-the-page");
            assertThat(found.messageAttributes())
                    .isEqualTo(expected.messageAttributes())
                    .isEqualTo(ATTRIBUTES);
            assertThat(found.attributes())
                    .containsOnlyKeys(expected.attributes().keySet());
            assertThat(group(found)).isEqualTo(group(expected));
            assertThat(isTakenById(expected, byTool)).isEqualTo(isTakenById(found, byPage));
        }
    }

    @Test
    void aQueueAtAnotherEndpointGetsItsMessageBack() throws IOException {
        sendAndFail("jobs", "elsewhere");
        try (PlainEndpoint endpoint = new PlainEndpoint(console.runtime().endpoint());
                ServedConsole served = new ServedConsole(URI.create(endpoint.url()))) {
            console.open(served.place(), "deadletters");
            console.browser().choose("Queue", "failed-jobs");
            console.browser().click("Read messages");
            console.browser().awaitText("received too often from jobs");
            redriveShown();
            console.leave();
        }

        Message returned = take("jobs");
        assertThat(returned.body()).isEqualTo("elsewhere");
        assertThat(returned.messageAttributes()).isEqualTo(ATTRIBUTES);
    }

    private static String failed(String queue) {
        return queue.equals("jobs") ? "failed-jobs" : "failed-in-order.fifo";
    }

    private String onlyId(String queue) {
        List<Message> held = receive(queue);
        assertThat(held).hasSize(1);
        return held.get(0).messageId();
    }

    private static String group(Message message) {
        return String.valueOf(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID));
    }

    /** Returns whether a FIFO queue took a message by the id of its dead letter. */
    private static boolean isTakenById(Message message, String deadLetter) {
        return deadLetter.equals(message.attributes().get(MessageSystemAttributeName.MESSAGE_DEDUPLICATION_ID));
    }
}
