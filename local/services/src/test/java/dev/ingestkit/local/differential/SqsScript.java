package dev.ingestkit.local.differential;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Calls that any SQS must answer alike. The notes leave out what may differ: ids, URLs, times and error texts. An empty
 * batch is not among them, since ElasticMQ accepts it and AWS rejects it.
 */
final class SqsScript {

    private final SqsClient client;
    private final String prefix;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param prefix the prefix of the queues' names, which must be unused
     */
    SqsScript(SqsClient client, String prefix) {
        this.client = client;
        this.prefix = prefix;
    }

    List<String> run() {
        standard();
        attributes();
        messageAttributes();
        batches();
        redrive();
        fifo();
        contentBased();
        errors();
        return notes;
    }

    private void standard() {
        String queue = create("standard", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "20"));
        var sent = client.sendMessage(send -> send.queueUrl(queue)
                .messageBody("one é")
                .messageAttributes(Map.of(
                        "s", text("String", "text"), "n", text("Number", "42.5"), "c", text("String.custom", "x"))));
        notes.add("sent " + sent.md5OfMessageBody() + " " + sent.md5OfMessageAttributes());
        Message message = receive(queue).messages().get(0);
        notes.add("got " + message.body() + " "
                + message.messageAttributes().keySet().stream().sorted().toList() + " "
                + message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        notes.add("hidden " + receive(queue).messages().size() + " " + counts(queue));
        client.changeMessageVisibility(change ->
                change.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
        Message again = receive(queue).messages().get(0);
        notes.add("again " + again.body() + " "
                + again.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(again.receiptHandle()));
        notes.add("deleted " + counts(queue));
        client.sendMessage(send -> send.queueUrl(queue).messageBody("late").delaySeconds(900));
        notes.add("delayed " + counts(queue) + receive(queue).messages().size());
        client.purgeQueue(purge -> purge.queueUrl(queue));
        notes.add("purged " + counts(queue));
        client.tagQueue(tag -> tag.queueUrl(queue).tags(Map.of("a", "1")));
        notes.add("tags " + client.listQueueTags(list -> list.queueUrl(queue)).tags());
    }

    private void redrive() {
        String dead = create("dead", Map.of());
        String deadArn = attributes(dead).get("QueueArn");
        String queue = create(
                "source",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"1\"}".formatted(deadArn),
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "0"));
        client.sendMessage(send -> send.queueUrl(queue).messageBody("poison"));
        notes.add("first " + receive(queue).messages().size());
        notes.add("second " + receive(queue).messages().size());
        notes.add("dead " + receive(dead).messages().get(0).body());
        notes.add("moved back " + movedBack(dead, queue));
        notes.add("sources "
                + client.listDeadLetterSourceQueues(list -> list.queueUrl(dead))
                        .queueUrls()
                        .size());
    }

    /** Deletes the messages received above first, since a move takes visible messages. */
    private List<String> movedBack(String dead, String source) {
        String deadArn = attributes(dead).get("QueueArn");
        String sourceArn = attributes(source).get("QueueArn");
        client.purgeQueue(purge -> purge.queueUrl(dead));
        client.sendMessage(send -> send.queueUrl(dead).messageBody("to be moved"));
        client.startMessageMoveTask(start -> start.sourceArn(deadArn).destinationArn(sourceArn));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.listMessageMoveTasks(list -> list.sourceArn(deadArn))
                        .results()
                        .get(0)
                        .status()
                        .equals("COMPLETED"));
        return bodies(receive(source));
    }

    private void attributes() {
        String queue = create("attributes", Map.of(QueueAttributeName.DELAY_SECONDS, "0"));
        client.setQueueAttributes(set -> set.queueUrl(queue)
                .attributes(Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "45",
                        QueueAttributeName.MESSAGE_RETENTION_PERIOD, "3600",
                        QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "1")));
        Map<String, String> all = attributes(queue);
        notes.add("attributes " + all.get("VisibilityTimeout") + " " + all.get("ReceiveMessageWaitTimeSeconds") + " "
                + all.get("DelaySeconds"));
        notes.add("retention " + all.get("MessageRetentionPeriod"));
        notes.add("one attribute "
                + client.getQueueAttributes(
                                get -> get.queueUrl(queue).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                        .attributesAsStrings());
        notes.add("long poll of nothing " + receive(queue).messages().size());
        client.untagQueue(untag -> untag.queueUrl(queue).tagKeys("none"));
        notes.add(
                "no tags " + client.listQueueTags(list -> list.queueUrl(queue)).tags());
    }

    private void messageAttributes() {
        String queue = create("message-attributes", Map.of());
        var sent = client.sendMessage(send -> send.queueUrl(queue)
                .messageBody("b")
                .messageAttributes(Map.of(
                        "bytes",
                                MessageAttributeValue.builder()
                                        .dataType("Binary.gif")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {0, 1, -1}))
                                        .build(),
                        "a.text", text("String", "x"))));
        notes.add("binary digest " + sent.md5OfMessageAttributes());
        Message some = client.receiveMessage(receive ->
                        receive.queueUrl(queue).messageAttributeNames("a.*").visibilityTimeout(0))
                .messages()
                .get(0);
        notes.add("by prefix " + some.messageAttributes().keySet());
        Message none = client.receiveMessage(receive -> receive.queueUrl(queue).visibilityTimeout(0))
                .messages()
                .get(0);
        notes.add("not asked for " + none.messageAttributes().keySet() + none.attributes());
    }

    private void batches() {
        String queue = create("batches", Map.of());
        var sent = client.sendMessageBatch(batch -> batch.queueUrl(queue)
                .entries(Stream.of("1", "2", "3")
                        .map(id -> SendMessageBatchRequestEntry.builder()
                                .id(id)
                                .messageBody("body " + id)
                                .build())
                        .toList()));
        notes.add("batch sent "
                + sent.successful().stream()
                        .map(each -> each.id() + " " + each.md5OfMessageBody())
                        .sorted()
                        .toList() + sent.failed());
        List<Message> got = receive(queue).messages();
        notes.add("batch got " + got.stream().map(Message::body).sorted().toList());
        client.changeMessageVisibilityBatch(change -> change.queueUrl(queue)
                .entries(got.stream()
                        .map(message -> ChangeMessageVisibilityBatchRequestEntry.builder()
                                .id(message.messageId())
                                .receiptHandle(message.receiptHandle())
                                .visibilityTimeout(0)
                                .build())
                        .toList()));
        List<Message> again = receive(queue).messages();
        notes.add("batch again " + again.stream().map(Message::body).sorted().toList());
        var deleted = client.deleteMessageBatch(delete -> delete.queueUrl(queue)
                .entries(again.stream()
                        .map(message -> DeleteMessageBatchRequestEntry.builder()
                                .id(message.messageId())
                                .receiptHandle(message.receiptHandle())
                                .build())
                        .toList()));
        notes.add("batch deleted " + deleted.successful().size() + deleted.failed() + " " + counts(queue));
        notes.add(error(() -> client.sendMessageBatch(batch -> batch.queueUrl(queue)
                .entries(IntStream.range(0, 11)
                        .mapToObj(id -> SendMessageBatchRequestEntry.builder()
                                .id("id" + id)
                                .messageBody("b")
                                .build())
                        .toList()))));
    }

    private void contentBased() {
        String queue = create(
                "content.fifo",
                Map.of(QueueAttributeName.FIFO_QUEUE, "true", QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true"));
        List<String> sequence = new ArrayList<>();
        for (String body : List.of("one", "two", "one")) {
            sequence.add(client.sendMessage(
                            send -> send.queueUrl(queue).messageBody(body).messageGroupId("g"))
                    .messageId());
        }
        notes.add("content decides " + sequence.get(0).equals(sequence.get(2)) + " " + counts(queue));
        List<Message> group = receive(queue).messages();
        notes.add("group in order " + group.stream().map(Message::body).toList());
        client.changeMessageVisibility(change -> change.queueUrl(queue)
                .receiptHandle(group.get(0).receiptHandle())
                .visibilityTimeout(0));
        notes.add("group locked " + bodies(receive(queue)));
        notes.add(error(() -> client.sendMessage(send -> send.queueUrl(queue).messageBody("no group"))));
    }

    private void fifo() {
        String queue = create("ordered.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        List<String> ids = new ArrayList<>();
        for (String[] each : new String[][] {{"a1", "a", "1"}, {"b1", "b", "2"}, {"a2", "a", "3"}, {"x", "a", "1"}}) {
            ids.add(client.sendMessage(send -> send.queueUrl(queue)
                            .messageBody(each[0])
                            .messageGroupId(each[1])
                            .messageDeduplicationId(each[2]))
                    .messageId());
        }
        notes.add("same id for a duplicate " + ids.get(0).equals(ids.get(3)));
        Message first = client.receiveMessage(receive -> receive.queueUrl(queue))
                .messages()
                .get(0);
        notes.add("fifo first " + first.body());
        notes.add("fifo free " + bodies(receive(queue)));
        client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(first.receiptHandle()));
        notes.add("fifo next " + bodies(receive(queue)));
    }

    private void errors() {
        String queue = create("errors", Map.of());
        notes.add(error(() -> client.getQueueUrl(get -> get.queueName("nowhere"))));
        notes.add(error(() -> client.sendMessage(send -> send.queueUrl(queue).messageBody("a\u0001b"))));
        notes.add(error(() ->
                client.sendMessageBatch(batch -> batch.queueUrl(queue).entries(List.of(entry("1"), entry("2"))))));
        notes.add(error(
                () -> client.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(11))));
        notes.add(error(() -> client.createQueue(create -> create.queueName("bad name"))));
        notes.add("listed "
                + client.listQueues(list -> list.queueNamePrefix(prefix + "e"))
                        .queueUrls()
                        .size());
        client.deleteQueue(delete -> delete.queueUrl(queue));
        notes.add(error(() -> client.sendMessage(send -> send.queueUrl(queue).messageBody("x"))));
    }

    private static SendMessageBatchRequestEntry entry(String body) {
        return SendMessageBatchRequestEntry.builder().id("a").messageBody(body).build();
    }

    private String create(String name, Map<QueueAttributeName, String> attributes) {
        return client.createQueue(create -> create.queueName(prefix + name).attributes(attributes))
                .queueUrl();
    }

    private ReceiveMessageResponse receive(String queue) {
        return client.receiveMessage(receive -> receive.queueUrl(queue)
                .maxNumberOfMessages(10)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL));
    }

    private static List<String> bodies(ReceiveMessageResponse response) {
        return response.messages().stream().map(Message::body).toList();
    }

    private Map<String, String> attributes(String queue) {
        return client.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings();
    }

    private String counts(String queue) {
        Map<String, String> attributes = attributes(queue);
        return attributes.get("ApproximateNumberOfMessages") + "/"
                + attributes.get("ApproximateNumberOfMessagesNotVisible") + "/"
                + attributes.get("ApproximateNumberOfMessagesDelayed");
    }

    private static String error(Supplier<Object> call) {
        try {
            return "no error: " + call.get();
        } catch (AwsServiceException rejected) {
            return "status " + rejected.statusCode();
        }
    }

    private static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
