package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

@IngestTest(template = "src/test/resources/queue.yaml")
class QueueClockTest {

    @Test
    void aMessageReappearsAfterItsVisibilityTimeout(IngestPipeline pipeline, SqsClient queues) {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        pipeline.replace("Reader", SQSEvent.class, (event, context) -> {
            received.add(event.getRecords().get(0).getBody());
            throw new IllegalStateException("refused on purpose");
        });
        pipeline.clock().freeze();
        queues.sendMessage(
                request -> request.queueUrl(pipeline.name("Messages")).messageBody("order-1"));

        pipeline.clock().advance(Duration.ofMinutes(5));
        assertThat(received).containsExactly("order-1");
        assertThat(pipeline.messages("Refused")).isEmpty();

        pipeline.clock().advance(Duration.ofHours(1));
        assertThat(received).containsExactly("order-1", "order-1", "order-1");
        assertThat(pipeline.messages("Refused")).containsExactly("order-1");
    }
}
