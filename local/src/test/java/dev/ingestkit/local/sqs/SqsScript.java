package dev.ingestkit.local.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Calls that any SQS must answer alike. What is noted of each answer leaves out what may differ: ids, URLs, times, and
 * the texts of errors. Not among them: an empty batch, which ElasticMQ takes and AWS refuses.
 */
final class SqsScript {

    List<String> run(SqsClient client) {
        List<String> notes = new ArrayList<>();
        standard(client, notes);
        redrive(client, notes);
        fifo(client, notes);
        errors(client, notes);
        return notes;
    }

    private static void standard(SqsClient client, List<String> notes) {
        String queue = create(client, "standard", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "20"));
        var sent = client.sendMessage(send -> send.queueUrl(queue)
                .messageBody("one é")
                .messageAttributes(Map.of(
                        "s", text("String", "text"), "n", text("Number", "42.5"), "c", text("String.custom", "x"))));
        notes.add("sent " + sent.md5OfMessageBody() + " " + sent.md5OfMessageAttributes());
        Message message = receive(client, queue).messages().get(0);
        notes.add("got " + message.body() + " "
                + message.messageAttributes().keySet().stream().sorted().toList() + " "
                + message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        notes.add("hidden " + receive(client, queue).messages().size() + " " + counts(client, queue));
        client.changeMessageVisibility(change ->
                change.queueUrl(queue).receiptHandle(message.receiptHandle()).visibilityTimeout(0));
        Message again = receive(client, queue).messages().get(0);
        notes.add("again " + again.body() + " "
                + again.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT));
        client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(again.receiptHandle()));
        notes.add("deleted " + counts(client, queue));
        client.sendMessage(send -> send.queueUrl(queue).messageBody("late").delaySeconds(900));
        notes.add("delayed " + counts(client, queue)
                + receive(client, queue).messages().size());
        client.purgeQueue(purge -> purge.queueUrl(queue));
        notes.add("purged " + counts(client, queue));
        client.tagQueue(tag -> tag.queueUrl(queue).tags(Map.of("a", "1")));
        notes.add("tags " + client.listQueueTags(list -> list.queueUrl(queue)).tags());
    }

    private static void redrive(SqsClient client, List<String> notes) {
        String dead = create(client, "dead", Map.of());
        String deadArn = attributes(client, dead).get("QueueArn");
        String queue = create(
                client,
                "source",
                Map.of(
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"1\"}".formatted(deadArn),
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "0"));
        client.sendMessage(send -> send.queueUrl(queue).messageBody("poison"));
        notes.add("first " + receive(client, queue).messages().size());
        notes.add("second " + receive(client, queue).messages().size());
        notes.add("dead " + receive(client, dead).messages().get(0).body());
        notes.add("sources "
                + client.listDeadLetterSourceQueues(list -> list.queueUrl(dead))
                        .queueUrls()
                        .size());
    }

    private static void fifo(SqsClient client, List<String> notes) {
        String queue = create(client, "ordered.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
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
        notes.add("fifo free " + bodies(receive(client, queue)));
        client.deleteMessage(delete -> delete.queueUrl(queue).receiptHandle(first.receiptHandle()));
        notes.add("fifo next " + bodies(receive(client, queue)));
    }

    private static void errors(SqsClient client, List<String> notes) {
        String queue = create(client, "errors", Map.of());
        notes.add(error(() -> client.getQueueUrl(get -> get.queueName("nowhere"))));
        notes.add(error(() -> client.sendMessage(send -> send.queueUrl(queue).messageBody("a\u0001b"))));
        notes.add(error(() ->
                client.sendMessageBatch(batch -> batch.queueUrl(queue).entries(List.of(entry("1"), entry("2"))))));
        notes.add(error(
                () -> client.receiveMessage(receive -> receive.queueUrl(queue).maxNumberOfMessages(11))));
        notes.add(error(() -> client.createQueue(create -> create.queueName("bad name"))));
        notes.add("listed "
                + client.listQueues(list -> list.queueNamePrefix("e"))
                        .queueUrls()
                        .size());
        client.deleteQueue(delete -> delete.queueUrl(queue));
        notes.add(error(() -> client.sendMessage(send -> send.queueUrl(queue).messageBody("x"))));
    }

    private static SendMessageBatchRequestEntry entry(String body) {
        return SendMessageBatchRequestEntry.builder().id("a").messageBody(body).build();
    }

    private static String create(SqsClient client, String name, Map<QueueAttributeName, String> attributes) {
        return client.createQueue(create -> create.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private static ReceiveMessageResponse receive(SqsClient client, String queue) {
        return client.receiveMessage(receive -> receive.queueUrl(queue)
                .maxNumberOfMessages(10)
                .messageAttributeNames("All")
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL));
    }

    private static List<String> bodies(ReceiveMessageResponse response) {
        return response.messages().stream().map(Message::body).toList();
    }

    private static Map<String, String> attributes(SqsClient client, String queue) {
        return client.getQueueAttributes(get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                .attributesAsStrings();
    }

    private static String counts(SqsClient client, String queue) {
        Map<String, String> attributes = attributes(client, queue);
        return attributes.get("ApproximateNumberOfMessages") + "/"
                + attributes.get("ApproximateNumberOfMessagesNotVisible") + "/"
                + attributes.get("ApproximateNumberOfMessagesDelayed");
    }

    private static String error(Supplier<Object> call) {
        try {
            return "no error: " + call.get();
        } catch (AwsServiceException refused) {
            return "status " + refused.statusCode();
        }
    }

    private static MessageAttributeValue text(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}
