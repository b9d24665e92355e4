package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ingestkit.testkit.IngestPipeline;
import dev.ingestkit.testkit.IngestTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Covers the event sources besides streams and APIs, with functions that send their events to a queue. */
@IngestTest(template = "src/test/resources/event-sources.yaml")
final class EmbeddedEventSourcesTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final List<JsonNode> seen = new CopyOnWriteArrayList<>();
    private final IngestPipeline pipeline;
    private final SqsClient sqs;
    private final LambdaClient lambda;
    private final Map<String, String> outputs;

    EmbeddedEventSourcesTest(IngestPipeline pipeline) {
        this.pipeline = pipeline;
        this.sqs = pipeline.client(SqsClient.class);
        this.lambda = pipeline.client(LambdaClient.class);
        this.outputs = pipeline.outputs();
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
        List<Message> messages = sqs.receiveMessage(
                        receive -> receive.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
                .messages();
        messages.forEach(
                message -> sqs.deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle())));
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
        String id = sqs.sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl"))
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
        sqs.sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("a poison order"));

        assertThat(Awaitility.await("a dead letter")
                        .atMost(TIMEOUT)
                        .until(() -> receive("DeadUrl"), messages -> !messages.isEmpty()))
                .extracting(Message::body)
                .containsExactly("a poison order");
    }

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    @Test
    void onlyReportedMessagesAreDeliveredAgain() {
        sqs.sendMessageBatch(send ->
                send.queueUrl(outputs.get("OrdersUrl")).entries(List.of(entry("1", "again"), entry("2", "done"))));

        event(withBody("again").and(event -> event.toString().contains("\"ApproximateReceiveCount\":\"2\"")));
        assertThat(seen).filteredOn(withBody("done")).hasSize(1);
    }

    @Test
    void messagesThatMatchNoFilterAreDeleted() {
        sqs.sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("ignored"));
        sqs.sendMessage(send -> send.queueUrl(outputs.get("OrdersUrl")).messageBody("not ignored"));

        event(withBody("not ignored"));
        assertThat(seen).noneMatch(withBody("ignored"));
    }

    @Test
    void theApiChangesAMappingOfAQueue() {
        EventSourceMappingConfiguration mapping = lambda.listEventSourceMappings(
                        list -> list.eventSourceArn(outputs.get("OrdersArn")))
                .eventSourceMappings()
                .get(0);
        assertThat(mapping.batchSize()).isEqualTo(5);
        assertThat(mapping.scalingConfig().maximumConcurrency()).isEqualTo(2);

        assertThatThrownBy(() -> lambda.updateEventSourceMapping(
                        update -> update.uuid(mapping.uuid()).batchSize(100)))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Maximum batch window in seconds must be greater than 0");
        assertThat(lambda.updateEventSourceMapping(update ->
                                update.uuid(mapping.uuid()).batchSize(100).maximumBatchingWindowInSeconds(1))
                        .eventSourceArn())
                .isEqualTo(mapping.eventSourceArn());
    }

    @Test
    void aMappingNeedsAnExistingQueueThatHidesMessagesLongEnough() {
        String name = requireNonNull(outputs.get("WorkerName"));
        String brief = sqs.createQueue(
                        create -> create.queueName("brief").attributesWithStrings(Map.of("VisibilityTimeout", "0")))
                .queueUrl();
        assertThat(brief).endsWith("/brief");

        assertThatThrownBy(() -> lambda.createEventSourceMapping(
                        create -> create.functionName(name).eventSourceArn("arn:aws:sqs:us-east-1:000000000000:brief")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("Queue visibility timeout: 0 seconds is less than Function timeout: 1 seconds");
        assertThatThrownBy(() -> lambda.createEventSourceMapping(create ->
                        create.functionName(name).eventSourceArn("arn:aws:sqs:us-east-1:000000000000:missing")))
                .isInstanceOf(InvalidParameterValueException.class);
    }

    /** Publishes a message by SNS's query protocol and returns its id. */
    private String publish(String output, String form) throws IOException, InterruptedException {
        String arn = URLEncoder.encode(requireNonNull(outputs.get(output)), StandardCharsets.UTF_8);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(pipeline.endpoint())
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "Action=Publish&Version=2010-03-31&TopicArn=" + arn + "&" + form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replaceAll("(?s).*<MessageId>(.*)</MessageId>.*", "$1");
    }

    private String received(String output, String part) {
        return Awaitility.await("a message")
                .atMost(TIMEOUT)
                .until(
                        () -> receive(output).stream().map(Message::body).toList(),
                        bodies -> bodies.stream().anyMatch(body -> body.contains(part)))
                .stream()
                .filter(body -> body.contains(part))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTopicDeliversToQueuesAndFunctions() throws IOException, InterruptedException {
        String body = URLEncoder.encode("{\"kind\":\"flash\",\"text\":\"to all\"}", StandardCharsets.UTF_8);
        String id = publish("NewsArn", "Subject=Hello&Message=" + body);

        JsonNode envelope = tree(received("ArchiveUrl", "to all"));
        assertThat(envelope.path("Type").asText()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").asText()).isEqualTo(id);
        assertThat(envelope.path("Subject").asText()).isEqualTo("Hello");
        assertThat(tree(envelope.path("Message").asText()).path("text").asText())
                .isEqualTo("to all");
        JsonNode record = event(
                        event -> event.at("/Records/0/Sns/MessageId").asText().equals(id))
                .at("/Records/0");
        assertThat(record.path("EventSource").asText()).isEqualTo("aws:sns");
        assertThat(record.at("/Sns/TopicArn").asText()).isEqualTo(outputs.get("NewsArn"));
    }

    @Test
    void aFilterPolicySelectsTheMessagesOfASubscription() throws IOException, InterruptedException {
        String attributes = "&MessageAttributes.entry.1.Name=color&MessageAttributes.entry.1.Value.DataType=String"
                + "&MessageAttributes.entry.1.Value.StringValue=%s&MessageAttributes.entry.2.Name=price"
                + "&MessageAttributes.entry.2.Value.DataType=Number&MessageAttributes.entry.2.Value.StringValue=%s";
        publish("NewsArn", "Message=blue" + attributes.formatted("blue", "12"));
        publish("NewsArn", "Message=cheap" + attributes.formatted("red", "9.5"));
        publish("NewsArn", "Message=wanted" + attributes.formatted("reddish-brown", "10"));

        assertThat(received("RedNewsUrl", "")).isEqualTo("wanted");
    }

    @Test
    void aTopicReachesAFunctionThroughAQueueThatSamCreates() throws IOException, InterruptedException {
        publish("BulletinsArn", "Message=bulletin");

        JsonNode record = event(event -> event.toString().contains("bulletin")).at("/Records/0");
        assertThat(record.path("eventSource").asText()).isEqualTo("aws:sqs");
        assertThat(tree(record.path("body").asText()).path("Message").asText()).isEqualTo("bulletin");
    }

    /** Calls the port by POST with a JSON body. */
    private JsonNode post(String path, String target, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(pipeline.endpoint().resolve(path))
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!target.isEmpty()) {
            request.header("X-Amz-Target", target);
        }
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    private void putEvent(String bus, String detail) throws IOException, InterruptedException {
        String entry = "{\"Source\":\"shop\",\"DetailType\":\"created\",\"Detail\":%s,\"EventBusName\":\"%s\"}";
        JsonNode answer = post(
                "/",
                "AWSEvents.PutEvents",
                "{\"Entries\":[" + entry.formatted(JSON.writeValueAsString(detail), bus) + "]}");
        assertThat(answer.path("FailedEntryCount").asInt()).isZero();
    }

    @Test
    void aRuleInvokesItsFunctionWithATransformedEvent() throws IOException, InterruptedException {
        putEvent("default", "{\"id\":\"o-1\",\"price\":99}");
        putEvent("default", "{\"id\":\"o-2\",\"price\":101.50}");

        JsonNode event = event(each -> each.path("text").asText().startsWith("order"));
        assertThat(event.toString()).isEqualTo("{\"text\":\"order o-2\",\"price\":101.50}");
    }

    @Test
    void aRuleOfAnotherBusSendsToAQueue() throws IOException, InterruptedException {
        putEvent("default", "{\"id\":\"elsewhere\"}");
        putEvent("own", "{\"id\":\"copied\"}");

        assertThat(received("CopiesUrl", "")).isEqualTo("{\"id\":\"copied\"}");
    }

    @Test
    void schedulesAndRulesAreFired() throws IOException, InterruptedException {
        JsonNode fired = post("/_ingest/fire", "", "{\"name\":\"CleanerNightly\"}");
        String id = fired.at("/event/id").asText();

        JsonNode event = event(each -> each.path("id").asText().equals(id));
        assertThat(event.path("detail-type").asText()).isEqualTo("Scheduled Event");
        assertThat(event.path("source").asText()).isEqualTo("aws.events");
        assertThat(event.at("/resources/0").asText()).contains(":rule/");

        post(
                "/_ingest/fire",
                "",
                "{\"name\":\"CleanerCreated\",\"event\":{\"detail\":{\"id\":\"by hand\",\"price\":1}}}");
        event(each -> each.path("text").asText().equals("order by hand"));
    }
}
