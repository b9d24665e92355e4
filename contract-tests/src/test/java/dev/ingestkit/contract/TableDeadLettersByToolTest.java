package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.testkit.IngestPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists, shows, edits and redrives dead letters of a mapping that reads the stream of a table. */
final class TableDeadLettersByToolTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static Tool.Result run(Tool tool, IngestPipeline pipeline, String... arguments) {
        return tool.target("--endpoint-url", pipeline.endpoint().toString()).run(arguments);
    }

    private JsonNode deadLetters(IngestPipeline pipeline) {
        return run(new Tool(folder), pipeline, "dlq", "list", "-o", "json").json();
    }

    @Test
    void aChangeThatWasGivenUpIsShownEditedAndRedriven() throws IOException {
        Path seen = folder.resolve("seen.txt");
        try (IngestPipeline pipeline = IngestPipeline.of(Path.of("src/test/resources/table-stream.yaml"))
                .parameter("SeenFile", seen.toString())
                .start()) {
            pipeline.client(DynamoDbClient.class)
                    .putItem(request -> request.tableName("orders")
                            .item(Map.of(
                                    "id", AttributeValue.fromS("bad"),
                                    "v", AttributeValue.fromN("1"),
                                    "poison", AttributeValue.fromBool(true))));

            JsonNode deadLetter = Awaitility.await()
                    .atMost(MAX_WAIT)
                    .pollInSameThread()
                    .until(() -> deadLetters(pipeline), deadLetters -> deadLetters.size() == 1)
                    .get(0);
            String id = deadLetter.path("id").asText();
            JsonNode shown = run(new Tool(folder), pipeline, "dlq", "show", id, "-o", "json")
                    .json();
            Tool.Result failed = run(new Tool(folder), pipeline, "dlq", "redrive", "-o", "json");
            Tool.Result edited =
                    run(new Tool(folder).variable("EDITOR", "sed -i s/poison/cured/g"), pipeline, "dlq", "edit", id);

            assertThat(deadLetter.path("kind").asText()).isEqualTo("on-failure");
            assertThat(deadLetter.path("reason").asText()).isEqualTo("RetryAttemptsExhausted");
            assertThat(deadLetter.path("eventId").asText()).isEqualTo("bad");
            assertThat(shown.path("expired").asInt()).isZero();
            assertThat(shown.at("/events/0/payload").asText()).contains("\"v\":{\"N\":\"1\"}");
            assertThat(failed.exit()).as(failed.err()).isEqualTo(1);
            assertThat(failed.out()).contains("poison in the batch");
            assertThat(edited.exit()).as(edited.err()).isZero();
            assertThat(Files.readString(seen)).isEqualTo("orders INSERT bad ->1\n");
            assertThat(deadLetters(pipeline)).isEmpty();
        }
    }
}
