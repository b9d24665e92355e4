package dev.ingestkit.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.mapping.failure.FailureNotice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DestinationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> queues = new HashMap<>();
    private final Map<String, String> topics = new HashMap<>();
    private final Map<String, byte[]> objects = new HashMap<>();
    private final Destinations destinations = new Destinations(
            (arn, body) -> {
                queues.put(arn, body);
                return CompletableFuture.completedFuture("message-1");
            },
            (arn, body) -> {
                topics.put(arn, body);
                return CompletableFuture.completedFuture("message-2");
            },
            (arn, key, content) -> {
                objects.put(arn + "/" + key, content);
                return CompletableFuture.completedFuture(key);
            },
            () -> "b7c2");
    private final FailureNotice notice = new FailureNotice(
            "5d1f",
            "shardId-000000000003",
            Instant.parse("2026-01-31T23:59:58.999Z"),
            "{\"version\":\"1.0\",\"KinesisBatchInfo\":{\"batchSize\":1}}",
            () -> "{\"Records\":[{\"eventName\":\"é\"}]}".getBytes(StandardCharsets.UTF_8));

    private String send(String arn) {
        return destinations.send(arn, notice).toCompletableFuture().join();
    }

    @Test
    void aQueueReceivesTheMessageWithoutTheRecords() {
        assertThat(send("arn:aws:sqs:us-east-1:000000000000:dead")).isEqualTo("message-1");
        assertThat(queues).containsEntry("arn:aws:sqs:us-east-1:000000000000:dead", notice.message());
    }

    @Test
    void aBucketReceivesTheWholeEventUnderTheKeyOfAws() throws IOException {
        String key = "aws/lambda/5d1f/shardId-000000000003/2026/01/31/2026-01-31T23.59.58-b7c2";

        assertThat(send("arn:aws:s3:::letters")).isEqualTo(key);
        JsonNode object = JSON.readTree(objects.get("arn:aws:s3:::letters/" + key));
        assertThat(object.fieldNames())
                .toIterable()
                .as("the payload is the last member")
                .containsExactlyElementsOf(List.of("version", "KinesisBatchInfo", "payload"));
        assertThat(object.at("/payload/Records/0/eventName").asText()).isEqualTo("é");
    }

    @Test
    void aTopicReceivesTheMessageWithoutTheRecords() {
        assertThat(send("arn:aws:sns:us-east-1:000000000000:failures")).isEqualTo("message-2");
        assertThat(topics).containsEntry("arn:aws:sns:us-east-1:000000000000:failures", notice.message());
    }

    @Test
    void otherDestinationsAreRefused() {
        assertThatThrownBy(() -> send("arn:aws:lambda:us-east-1:000000000000:function:other"))
                .hasCauseInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("must be an SQS queue, an SNS topic or an S3 bucket: arn:aws:lambda");
        assertThat(Destinations.canReach("arn:aws:lambda:us-east-1:000000000000:function:other"))
                .isFalse();
        assertThat(Destinations.canReach("kafka://topic")).isFalse();
        assertThat(Destinations.canReach("arn:aws:s3:::letters")).isTrue();
    }
}
