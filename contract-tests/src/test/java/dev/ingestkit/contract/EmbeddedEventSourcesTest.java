package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Covers the event sources besides streams and APIs, with functions that send their events to a queue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedEventSourcesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> seen = new CopyOnWriteArrayList<>();
    private LocalRuntime runtime;
    private AwsClients clients;
    private Map<String, String> outputs;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Path template = folder.resolve("event-sources.yaml");
        try (InputStream text = getClass().getResourceAsStream("/event-sources.yaml")) {
            Files.copy(requireNonNull(text, "event-sources.yaml"), template);
        }
        Files.write(folder.resolve("forwarding.jar"), FunctionArchive.of(ForwardingFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        outputs = runtime.outputs();
        clients = new AwsClients(EmbeddedStack.target(runtime));
    }

    @AfterAll
    void stop() {
        clients.close();
        runtime.close();
    }

    /** Waits for an event that a function received. */
    private JsonNode event(Predicate<JsonNode> wanted) {
        return Awaitility.await("an event")
                .atMost(TIMEOUT)
                .until(
                        () -> {
                            receive("SeenUrl").forEach(message -> seen.add(tree(message.body())));
                            return seen.stream().filter(wanted).findFirst().orElse(null);
                        },
                        found -> found != null);
    }

    private List<Message> receive(String output) {
        String url = outputs.get(output);
        List<Message> messages = clients.sqs()
                .receiveMessage(
                        receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        messages.forEach(message ->
                clients.sqs().deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
        return messages;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Predicate<JsonNode> withBody(String body) {
        return event -> {
            for (JsonNode record : event.path("Records")) {
                if (record.path("body").asText().equals(body)) {
                    return true;
                }
            }
            return false;
        };
    }

    @Test
    void aQueueInvokesItsFunction() {
        MessageAttributeValue color = MessageAttributeValue.builder()
                .dataType("String")
                .stringValue("red")
                .build();
        String id = clients.sqs()
                .sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl"))
                        .messageBody("first order")
                        .messageAttributes(Map.of("color", color)))
                .messageId();

        JsonNode record = event(withBody("first order")).at("/Records/0");

        assertThat(record.path("messageId").asText()).isEqualTo(id);
        assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(record.path("eventSourceARN").asText()).isEqualTo(outputs.get("OrdersArn"));
        assertThat(record.at("/attributes/ApproximateReceiveCount").asText()).isEqualTo("1");
        assertThat(record.at("/messageAttributes/color/stringValue").asText()).isEqualTo("red");
    }

    @Test
    void aMessageOfFailedInvocationsEndsInTheDeadLetterQueue() {
        clients.sqs()
                .sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("a poison order"));

        assertThat(Awaitility.await("a dead letter")
                        .atMost(TIMEOUT)
                        .until(() -> receive("DeadUrl"), messages -> !messages.isEmpty()))
                .extracting(Message::body)
                .containsExactly("a poison order");
    }

    @Test
    void onlyReportedMessagesAreDeliveredAgain() {
        clients.sqs()
                .sendMessageBatch(send -> send.queueUrl(outputs.get("OrdersUrl"))
                        .entries(
                                entry -> entry.id("1").messageBody("again"),
                                entry -> entry.id("2").messageBody("done")));

        event(withBody("again").and(event -> event.toString().contains("\"ApproximateReceiveCount\":\"2\"")));
        assertThat(seen).filteredOn(withBody("done")).hasSize(1);
    }

    @Test
    void messagesThatMatchNoFilterAreDeleted() {
        clients.sqs()
                .sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("ignored"));
        clients.sqs()
                .sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("not ignored"));

        event(withBody("not ignored"));
        assertThat(seen).noneMatch(withBody("ignored"));
    }

    @Test
    void theApiChangesAMappingOfAQueue() {
        EventSourceMappingConfiguration mapping = clients.lambda()
                .listEventSourceMappings(list -> list.eventSourceArn(outputs.get("OrdersArn")))
                .eventSourceMappings()
                .get(0);
        assertThat(mapping.batchSize()).isEqualTo(5);
        assertThat(mapping.scalingConfig().maximumConcurrency()).isEqualTo(2);

        assertThatThrownBy(() -> clients.lambda()
                        .updateEventSourceMapping(
                                update -> update.uuid(mapping.uuid()).batchSize(100)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Maximum batch window in seconds must be greater than 0");
        assertThat(clients.lambda()
                        .updateEventSourceMapping(update ->
                                update.uuid(mapping.uuid()).batchSize(100).maximumBatchingWindowInSeconds(1))
                        .eventSourceArn())
                .isEqualTo(mapping.eventSourceArn());
    }

    @Test
    void aMappingNeedsAnExistingQueueThatHidesMessagesLongEnough() {
        String name = requireNonNull(outputs.get("WorkerName"));
        String brief = clients.sqs()
                .createQueue(
                        create -> create.queueName("brief").attributesWithStrings(Map.of("VisibilityTimeout", "0")))
                .queueUrl();
        assertThat(brief).endsWith("/brief");

        assertThatThrownBy(() -> clients.lambda()
                        .createEventSourceMapping(create ->
                                create.functionName(name).eventSourceArn("arn:aws:sqs:us-east-1:000000000000:brief")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Queue visibility timeout: 0 seconds is less than Function timeout: 1 seconds");
        assertThatThrownBy(() -> clients.lambda()
                        .createEventSourceMapping(create ->
                                create.functionName(name).eventSourceArn("arn:aws:sqs:us-east-1:000000000000:missing")))
                .isInstanceOf(InvalidParameterValueException.class);
    }
}
