package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Publishes to a topic that delivers to a queue, and changes the topic's display name. For one thread. */
final class TopicLedger implements Ledger {

    private static final Pattern ARN = Pattern.compile("<TopicArn>([^<]*)</TopicArn>");
    private static final Pattern DISPLAY_NAME = Pattern.compile("<key>DisplayName</key>\\s*<value>([^<]*)</value>");

    private final LocalCalls calls;
    private final FanOut queue;
    private final String topic;

    TopicLedger(LocalCalls calls, SqsClient sqs) {
        this.calls = requireNonNull(calls, "calls");
        this.queue = new FanOut("fan-out-of-topic", sqs);
        this.topic = found(ARN, calls.sns("CreateTopic", Map.of("Name", "kill-ledger")));
        calls.sns(
                "Subscribe",
                Map.of(
                        "TopicArn", topic,
                        "Protocol", "sqs",
                        "Endpoint", queue.queueArn(),
                        "Attributes.entry.1.key", "RawMessageDelivery",
                        "Attributes.entry.1.value", "true"));
    }

    private static String found(Pattern pattern, String xml) {
        Matcher matcher = pattern.matcher(xml);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + xml);
        }
        return matcher.group(1);
    }

    @Override
    public void step() {
        queue.step(
                number -> calls.sns("Publish", Map.of("TopicArn", topic, "Message", Integer.toString(number))),
                number -> calls.sns(
                        "SetTopicAttributes",
                        Map.of(
                                "TopicArn",
                                topic,
                                "AttributeName",
                                "DisplayName",
                                "AttributeValue",
                                Integer.toString(number))));
    }

    @Override
    public void close(List<String> broken) {
        queue.close(Integer.parseInt(found(DISPLAY_NAME, attributes())), broken);
    }

    private String attributes() {
        try {
            return calls.sns("GetTopicAttributes", Map.of("TopicArn", topic));
        } catch (SdkException injected) {
            return attributes();
        }
    }

    @Override
    public String toString() {
        return queue.toString();
    }
}
