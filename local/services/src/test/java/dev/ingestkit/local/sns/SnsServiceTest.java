package dev.ingestkit.local.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.MemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics, subscriptions and what subscribers receive. */
final class SnsServiceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:orders";
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:reader";

    private final AtomicLong ids = new AtomicLong();
    private final FakeSubscribers subscribers = new FakeSubscribers();
    private final SnsService sns = new SnsService(
            "us-east-1",
            "000000000000",
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC),
            subscribers,
            () -> "id-" + ids.incrementAndGet());
    private final String topic = sns.create("news", Map.of(), Map.of()).toString();

    /** Keeps what was delivered; a queue whose name says so refuses everything. */
    private static final class FakeSubscribers implements Subscribers {

        private final List<String> bodies = new ArrayList<>();
        private final List<String> queues = new ArrayList<>();
        private final List<String> events = new ArrayList<>();
        private final List<@Nullable Order> orders = new ArrayList<>();
        private JsonNode attributes = JSON.createObjectNode();

        @Override
        public CompletionStage<Void> sendToQueue(Arn queue, String body, ObjectNode sent, @Nullable Order order) {
            if (queue.resource().equals("missing")) {
                return CompletableFuture.failedFuture(ServiceException.badRequest("NoQueue", "no such queue"));
            }
            queues.add(queue.resource());
            bodies.add(body);
            orders.add(order);
            attributes = sent;
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> invoke(String functionArn, Arn source, String id, byte[] event) {
            events.add(new String(event, StandardCharsets.UTF_8));
            return CompletableFuture.completedFuture(null);
        }
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    private JsonNode call(String action, String input) {
        return call(sns, action, input);
    }

    private JsonNode call(SnsService service, String action, String input) {
        HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
        try {
            ServiceResponse response = service.handle(new ServiceRequest(
                            action, json(input.replace("TOPIC", topic)), "request", ServiceRequest.Wire.QUERY, http))
                    .toCompletableFuture()
                    .join();
            return ((ServiceResponse.Tree) response).members();
        } catch (CompletionException failed) {
            throw (ServiceException) failed.getCause();
        }
    }

    private String subscribe(String protocol, String endpoint, String attributes) {
        return call(
                        "Subscribe",
                        "{'TopicArn':'TOPIC','Protocol':'%s','Endpoint':'%s','Attributes':%s}"
                                .formatted(protocol, endpoint, attributes))
                .path("SubscriptionArn")
                .asText();
    }

    @Test
    void aQueueReceivesAnEnvelopeAsSnsWritesIt() {
        String subscription = subscribe("sqs", QUEUE, "{}");
        call(
                "Publish",
                "{'TopicArn':'TOPIC','Message':'hello','Subject':'greeting',"
                        + "'MessageAttributes':{'a':{'DataType':'String','StringValue':'x'}}}");

        assertThat(subscribers.bodies).hasSize(1);
        assertThat(subscribers.bodies.get(0)).startsWith("{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : \"");
        JsonNode envelope = json(subscribers.bodies.get(0));
        assertThat(envelope.path("TopicArn").asText()).isEqualTo(topic);
        assertThat(envelope.path("Subject").asText()).isEqualTo("greeting");
        assertThat(envelope.path("Message").asText()).isEqualTo("hello");
        assertThat(envelope.path("Timestamp").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(envelope.path("UnsubscribeURL").asText()).endsWith(subscription);
        assertThat(envelope.at("/MessageAttributes/a")).isEqualTo(json("{'Type':'String','Value':'x'}"));
    }

    @Test
    void rawDeliverySendsTheMessageWithItsAttributes() {
        subscribe("sqs", QUEUE, "{'RawMessageDelivery':'true'}");
        call(
                "Publish",
                "{'TopicArn':'TOPIC','Message':'hello',"
                        + "'MessageAttributes':{'a':{'DataType':'Number','StringValue':'7'}}}");

        assertThat(subscribers.bodies).containsExactly("hello");
        assertThat(subscribers.attributes.at("/a/StringValue").asText()).isEqualTo("7");
    }

    @Test
    void aFunctionReceivesAnEvent() {
        String subscription = subscribe("lambda", FUNCTION, "{}");
        String id = call("Publish", "{'TopicArn':'TOPIC','Message':'hello'}")
                .path("MessageId")
                .asText();

        JsonNode record = json(subscribers.events.get(0)).at("/Records/0");
        assertThat(record.path("EventSource").asText()).isEqualTo("aws:sns");
        assertThat(record.path("EventVersion").asText()).isEqualTo("1.0");
        assertThat(record.path("EventSubscriptionArn").asText()).isEqualTo(subscription);
        assertThat(record.at("/Sns/MessageId").asText()).isEqualTo(id);
        assertThat(record.at("/Sns/Message").asText()).isEqualTo("hello");
        assertThat(record.at("/Sns/Subject").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'color':['red']}                       | true",
                "{'color':['blue']}                      | false",
                "{'color':['red'],'price':[{'numeric':['>',10]}]} | true",
                "{'price':[{'numeric':['>',12,'<=',20]}]} | false",
                "{'tags':['b']}                          | true",
                "{'missing':[{'exists':false}]}          | true",
                "{'color':[{'anything-but':['red']}]}    | false",
                "{'color':[{'prefix':'re'}]}             | true",
                "{'$or':[{'color':['blue']},{'price':[12]}]} | true"
            })
    void policiesOnAttributesDecideWhoReceivesAMessage(String policy, boolean passes) {
        subscribe("sqs", QUEUE, "{'FilterPolicy':" + JSON.getNodeFactory().textNode(policy.replace('\'', '"')) + "}");
        call(
                "Publish",
                "{'TopicArn':'TOPIC','Message':'m','MessageAttributes':{"
                        + "'color':{'DataType':'String','StringValue':'red'},"
                        + "'price':{'DataType':'Number','StringValue':'12'},"
                        + "'tags':{'DataType':'String.Array','StringValue':'[\\\"a\\\",\\\"b\\\"]'}}}");

        assertThat(subscribers.bodies).hasSize(passes ? 1 : 0);
    }

    @Test
    void policiesOnBodiesSeeMembersOfJsonObjects() {
        subscribe(
                "sqs",
                QUEUE,
                "{'RawMessageDelivery':'true','FilterPolicyScope':'MessageBody',"
                        + "'FilterPolicy':'{\\\"order\\\":{\\\"kind\\\":[\\\"new\\\"]}}'}");
        call("Publish", "{'TopicArn':'TOPIC','Message':'{\\\"order\\\":{\\\"kind\\\":\\\"new\\\"}}'}");
        call("Publish", "{'TopicArn':'TOPIC','Message':'{\\\"order\\\":{\\\"kind\\\":\\\"old\\\"}}'}");
        call("Publish", "{'TopicArn':'TOPIC','Message':'plain'}");

        assertThat(subscribers.bodies).hasSize(1);
    }

    @Test
    void eachProtocolReceivesItsOwnFormOfAMessage() {
        subscribe("sqs", QUEUE, "{'RawMessageDelivery':'true'}");
        subscribe("lambda", FUNCTION, "{}");
        call(
                "Publish",
                "{'TopicArn':'TOPIC','MessageStructure':'json',"
                        + "'Message':'{\\\"default\\\":\\\"all\\\",\\\"sqs\\\":\\\"for queues\\\"}'}");

        assertThat(subscribers.bodies).containsExactly("for queues");
        assertThat(json(subscribers.events.get(0)).at("/Records/0/Sns/Message").asText())
                .isEqualTo("all");
        assertThatThrownBy(() -> call(
                        "Publish",
                        "{'TopicArn':'TOPIC','MessageStructure':'json','Message':'{\\\"sqs\\\":\\\"x\\\"}'}"))
                .hasMessage("Invalid parameter: Message Structure - No default entry in JSON message body");
    }

    @Test
    void aFifoTopicDeliversAMessageOnceInFiveMinutes() {
        Arn fifo = sns.create("news.fifo", Map.of("FifoTopic", "true"), Map.of());
        sns.subscribe(fifo, "sqs", QUEUE + ".fifo", Map.of("RawMessageDelivery", "true"));
        String first = "{'TopicArn':'TOPIC.fifo','Message':'m','MessageGroupId':'g','MessageDeduplicationId':'d'}";
        String number = call("Publish", first).path("SequenceNumber").asText();

        assertThat(number).hasSize(20);
        assertThat(call("Publish", first).path("SequenceNumber").asText()).isEqualTo(number);
        assertThat(subscribers.orders).containsExactly(new Subscribers.Order("g", "d"));
        assertThatThrownBy(() -> call("Publish", "{'TopicArn':'TOPIC.fifo','Message':'m'}"))
                .hasMessage("Invalid parameter: The MessageGroupId parameter is required for FIFO topics");
        assertThatThrownBy(() -> call("Publish", "{'TopicArn':'TOPIC.fifo','Message':'m','MessageGroupId':'g'}"))
                .hasMessageContaining("ContentBasedDeduplication");
    }

    @Test
    void aFifoTopicDropsADuplicateAfterARestartToo() {
        MemoryStore store = new MemoryStore();
        SnsService first = over(store);
        Arn fifo = first.create("news.fifo", Map.of("FifoTopic", "true"), Map.of());
        first.subscribe(fifo, "sqs", QUEUE + ".fifo", Map.of("RawMessageDelivery", "true"));
        String message = "{'TopicArn':'TOPIC.fifo','Message':'m','MessageGroupId':'g','MessageDeduplicationId':'d'}";
        JsonNode before = call(first, "Publish", message);

        assertThat(call(over(store), "Publish", message)).isEqualTo(before);
        assertThat(subscribers.orders).hasSize(1);
    }

    private SnsService over(MemoryStore store) {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return SnsService.over(
                store, "us-east-1", "000000000000", clock, subscribers, () -> "id-" + ids.incrementAndGet());
    }

    @Test
    void aMessageThatAQueueRefusesGoesToTheSubscriptionsDeadLetterQueue() {
        subscribe(
                "sqs",
                "arn:aws:sqs:us-east-1:000000000000:missing",
                "{'RedrivePolicy':'{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-east-1:000000000000:dead\\\"}'}");
        call("Publish", "{'TopicArn':'TOPIC','Message':'m'}");

        assertThat(subscribers.queues).containsExactly("dead");
    }

    @Test
    void aSubscriptionByMailStaysUnconfirmedAndReceivesNothing() {
        assertThat(subscribe("email", "a@example.com", "{}")).isEqualTo("pending confirmation");
        assertThat(call("ListSubscriptions", "{}")
                        .at("/Subscriptions/0/SubscriptionArn")
                        .asText())
                .isEqualTo("PendingConfirmation");
        assertThat(call("GetTopicAttributes", "{'TopicArn':'TOPIC'}")
                        .at("/Attributes/SubscriptionsPending")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void aBatchReportsEachEntry() {
        JsonNode answer = call(
                "PublishBatch",
                "{'TopicArn':'TOPIC','PublishBatchRequestEntries':[{'Id':'1','Message':'m'},{'Id':'2','Message':''}]}");

        assertThat(answer.path("Successful")).hasSize(1);
        assertThat(answer.at("/Failed/0/Code").asText()).isEqualTo("InvalidParameter");
        assertThatThrownBy(
                        () -> call(
                                "PublishBatch",
                                "{'TopicArn':'TOPIC','PublishBatchRequestEntries':[{'Id':'1','Message':'m'},{'Id':'1','Message':'n'}]}"))
                .hasMessageContaining("have the same Id");
    }

    @Test
    void missingResourcesAndInvalidValuesAreRefused() {
        assertThatThrownBy(() -> call("Publish", "{'TopicArn':'TOPICx','Message':'m'}"))
                .isInstanceOfSatisfying(ServiceException.class, error -> {
                    assertThat(error.status()).isEqualTo(404);
                    assertThat(error.code()).isEqualTo("NotFound");
                    assertThat(error.text()).isEqualTo("Topic does not exist");
                });
        assertThatThrownBy(() -> call("Publish", "{'TopicArn':'TOPIC','Message':''}"))
                .hasMessage("Invalid parameter: Empty message");
        assertThatThrownBy(() -> call("Publish", "{'TopicArn':'TOPIC','Message':'" + "x".repeat(262_145) + "'}"))
                .hasMessage("Invalid parameter: Message too long");
        assertThatThrownBy(() -> call("CreateTopic", "{'Name':'a b'}")).hasMessage("Invalid parameter: Topic Name");
        assertThatThrownBy(() -> subscribe("sqs", QUEUE, "{'FilterPolicy':'no json'}"))
                .hasMessageContaining("FilterPolicy: failed to parse JSON");
        assertThatThrownBy(() -> subscribe("pigeon", "x", "{}"))
                .hasMessageContaining("does not support this protocol string: pigeon");
    }

    @Test
    void tagsHaveDistinctKeysAndATopicIsNotCreatedAgainWithOthers() {
        String twice = "[{'Key':'a','Value':'1'},{'Key':'a','Value':'2'}]";
        assertThatThrownBy(() -> call("TagResource", "{'ResourceArn':'TOPIC','Tags':" + twice + "}"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        error -> assertThat(error.code()).isEqualTo("InvalidParameter"))
                .hasMessage("Invalid parameter: Duplicated keys are not allowed.");
        assertThatThrownBy(() -> call("CreateTopic", "{'Name':'other','Tags':" + twice + "}"))
                .hasMessage("Invalid parameter: Duplicated keys are not allowed.");

        String tagged = "{'Name':'tagged','Tags':[{'Key':'a','Value':'1'}]}";
        call("CreateTopic", tagged);
        call("CreateTopic", tagged);
        call("CreateTopic", "{'Name':'tagged'}");
        assertThatThrownBy(() -> call("CreateTopic", tagged.replace("'1'", "'2'")))
                .hasMessage("Invalid parameter: Tags Reason: Topic already exists with different tags");
    }

    @Test
    void anUnsubscribedQueueReceivesNothing() {
        String subscription = subscribe("sqs", QUEUE, "{}");
        call("Unsubscribe", "{'SubscriptionArn':'" + subscription + "'}");
        call("Publish", "{'TopicArn':'TOPIC','Message':'m'}");

        assertThat(subscribers.bodies).isEmpty();
    }
}
