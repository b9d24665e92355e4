package dev.ingestkit.cli.compare;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Probes of SQS on a standard queue. */
final class QueueProbes {

    private QueueProbes() {}

    static List<Probe> all() {
        return List.of(
                probe("create a queue", QueueProbes::create),
                probe(
                        "create it again with another attribute",
                        own -> Members.line(sqs(own).createQueue(request -> request.queueName(own.name())
                                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "31"))))),
                probe(
                        "list its attributes",
                        own -> String.join(
                                ", ",
                                new TreeSet<>(sqs(own).getQueueAttributes(request ->
                                                request.queueUrl(url(own)).attributeNames(QueueAttributeName.ALL))
                                        .attributesAsStrings()
                                        .keySet()))),
                probe("receive from an empty queue", own -> receive(own).size() + " messages"),
                probe("send and receive a message", QueueProbes::sendAndReceive),
                probe(
                        "send an empty batch",
                        own -> Members.line(sqs(own).sendMessageBatch(
                                        request -> request.queueUrl(url(own)).entries(List.of())))),
                probe(
                        "send a batch with one id twice",
                        own -> Members.line(sqs(own).sendMessageBatch(request ->
                                request.queueUrl(url(own)).entries(List.of(entry("x"), entry("y")))))),
                probe(
                        "send a message for a group",
                        own -> Members.line(sqs(own).sendMessage(request ->
                                request.queueUrl(url(own)).messageBody("x").messageDeduplicationId("d")))),
                probe(
                        "delete with an invalid handle",
                        own -> Members.line(sqs(own).deleteMessage(
                                        request -> request.queueUrl(url(own)).receiptHandle("none")))),
                probe(
                        "set a visibility timeout of 13 hours",
                        own -> Members.line(sqs(own).setQueueAttributes(request -> request.queueUrl(url(own))
                                .attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "46800"))))),
                probe(
                        "find a queue that does not exist",
                        own -> Members.line(sqs(own).getQueueUrl(request -> request.queueName(own.name() + "-none")))));
    }

    private static Probe probe(String name, Function<OwnResources, String> call) {
        return new Probe("sqs", name, call);
    }

    private static SqsClient sqs(OwnResources own) {
        return own.clients().sqs();
    }

    private static SendMessageBatchRequestEntry entry(String body) {
        return SendMessageBatchRequestEntry.builder().id("a").messageBody(body).build();
    }

    private static String create(OwnResources own) {
        own.deleteLater("queue " + own.name(), () -> sqs(own).deleteQueue(request -> request.queueUrl(url(own))));
        sqs(own).createQueue(request -> request.queueName(own.name()));
        return "created";
    }

    private static String url(OwnResources own) {
        return sqs(own).getQueueUrl(request -> request.queueName(own.name())).queueUrl();
    }

    private static List<Message> receive(OwnResources own) {
        return sqs(own).receiveMessage(
                        request -> request.queueUrl(url(own)).waitTimeSeconds(2).messageAttributeNames("*"))
                .messages();
    }

    private static String sendAndReceive(OwnResources own) {
        String md5 = sqs(own).sendMessage(request -> request.queueUrl(url(own))
                        .messageBody("body")
                        .messageAttributes(Map.of(
                                "kind",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("probe")
                                        .build())))
                .md5OfMessageBody();
        List<Message> received = receive(own);
        return md5 + ", " + received.size() + " received: "
                + String.join(
                        ", ",
                        received.stream()
                                .map(message -> message.body() + " with attributes "
                                        + new TreeSet<>(
                                                message.messageAttributes().keySet()))
                                .toList());
    }
}
