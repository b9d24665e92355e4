package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Numbered messages that reach a queue by another service, and a value of that service. For one thread. */
final class FanOut {

    private final String name;
    private final QueueContents contents;
    private final String queueArn;
    private final Set<Integer> sent = new HashSet<>();
    private int number;
    private int valueTried;
    private int value;

    /** Publishes a number, or stores it as the service's value. */
    @FunctionalInterface
    interface Call {
        void with(int number);
    }

    FanOut(String name, SqsClient sqs) {
        this.name = requireNonNull(name, "name");
        String url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        this.contents = new QueueContents(sqs, url);
        this.queueArn = requireNonNull(
                sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN),
                "QueueArn");
    }

    String queueArn() {
        return queueArn;
    }

    /** Publishes the next number; every tenth time stores it as well. */
    void step(Call publish, Call store) {
        int own = number++;
        publish.with(own);
        sent.add(own);
        if (own % 10 == 0) {
            valueTried = own;
            store.with(own);
            value = own;
        }
    }

    /** Compares the messages and the value with what was acknowledged. */
    void close(int valueNow, List<String> broken) {
        Set<Integer> present = new HashSet<>();
        contents.takeAll(message -> present.add(Integer.parseInt(message.body())));
        for (int each : sent) {
            if (!present.contains(each)) {
                broken.add("%s: message %d was acknowledged and did not arrive".formatted(name, each));
            }
        }
        if (valueNow < value || valueNow > valueTried) {
            broken.add("%s: the value is %d; %d was acknowledged and %d tried"
                    .formatted(name, valueNow, value, valueTried));
        }
    }

    @Override
    public String toString() {
        return "%d messages by %s".formatted(sent.size(), name);
    }
}
