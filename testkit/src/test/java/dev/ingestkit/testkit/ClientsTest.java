package dev.ingestkit.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.journal.JournalEntry;
import dev.ingestkit.local.journal.JournalEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A test's ways into a stack: the template's API with its users, and the clients of the SDK. */
@IngestTest(template = "src/test/resources/api.yaml")
@ResetAfterEach
class ClientsTest {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    @Test
    void submitSignsInAsTheUserOfTheSecret(IngestPipeline pipeline) {
        guard(pipeline);
        pipeline.replace("Front", Map.class, (event, context) -> {
            seen.add(event.get("path") + " " + event.get("body"));
            return Map.of("statusCode", 202, "body", "taken");
        });
        assertThat(pipeline.submit("Orders", "order-1", "{\"total\":12}")).isEqualTo(new ApiAnswer(202, "taken"));
        assertThat(seen).containsExactly("/submit/" + pipeline.name("Orders") + "/order-1 {\"total\":12}");
    }

    @Test
    void aRequestWithoutTheSecretsUserIsRefused(IngestPipeline pipeline) {
        guard(pipeline);
        String path = "/submit/any/order-1";
        assertThat(pipeline.api().post(path, "{}").status()).isEqualTo(401);
        assertThat(pipeline.api()
                        .withHeader("Authorization", basic("ann:guessed"))
                        .post(path, "{}")
                        .status())
                .isEqualTo(403);
        assertThat(seen).isEmpty();
    }

    @Test
    void aClientOfS3FindsBucketsByTheirPath(IngestPipeline pipeline, S3Client files) {
        String bucket = pipeline.name("Files");
        files.putObject(request -> request.bucket(bucket).key("orders/1.json"), RequestBody.fromString("{}"));
        assertThat(files.getObjectAsBytes(request -> request.bucket(bucket).key("orders/1.json"))
                        .asUtf8String())
                .isEqualTo("{}");
    }

    @Test
    void anAsyncClientPutsIntoTheStream(IngestPipeline pipeline, KinesisAsyncClient kinesis) {
        kinesis.putRecord(request -> request.streamName(pipeline.name("Orders"))
                        .partitionKey("order-1")
                        .data(SdkBytes.fromUtf8String("{}")))
                .join();
        pipeline.await("order-1").stored();
    }

    @Test
    void writesOfAReplacedHandlerAreAttributedToItsInvocation(IngestPipeline pipeline, DynamoDbClient table) {
        String name = pipeline.name("Table");
        pipeline.replace("Writer", Map.class, (event, context) -> {
            seen.add(context.getAwsRequestId());
            table.putItem(request -> request.tableName(name).item(Map.of("id", AttributeValue.fromS("order-1"))));
            return null;
        });
        pipeline.put("Orders", "order-1", "{}");
        pipeline.await("order-1").stored();
        assertThat(writers(pipeline)).isEqualTo(List.copyOf(seen));
    }

    private static List<String> writers(IngestPipeline pipeline) {
        return pipeline.journal().after(0, 1_000).stream()
                .map(JournalEntry::event)
                .filter(JournalEvent.Stored.class::isInstance)
                .map(event -> String.valueOf(((JournalEvent.Stored) event).requestId()))
                .toList();
    }

    private static void guard(IngestPipeline pipeline) {
        pipeline.replace("Guard", Map.class, (event, context) -> {
            boolean known = String.valueOf(event.get("headers")).contains(basic("ann:s3cret"));
            Map<String, Object> statement =
                    Map.of("Action", "execute-api:Invoke", "Effect", known ? "Allow" : "Deny", "Resource", "*");
            return Map.of(
                    "principalId",
                    "ann",
                    "policyDocument",
                    Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
        });
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
