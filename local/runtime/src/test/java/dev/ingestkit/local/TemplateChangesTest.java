package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes functions, mappings and nested stacks of a template that runs. */
final class TemplateChangesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String HANDLER = """
            package probe;

            import java.util.Map;

            public class Work {
                public String handle(Map<String, Object> event) {
                    return "done";
                }
            }
            """;
    private static final String TEMPLATE = """
            Resources:
              Events: {Type: AWS::Kinesis::Stream, Properties: {Name: events, ShardCount: 1}}
              More: {Type: AWS::Kinesis::Stream, Properties: {Name: more, ShardCount: 1}}
              Work:
                Type: AWS::Lambda::Function
                Properties: {FunctionName: work, Runtime: java17, Handler: probe.Work::handle, Code: code, Role: "arn:aws:iam::000000000000:role/r", MemorySize: 256}
              First:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Events.Arn, StartingPosition: TRIM_HORIZON, BatchSize: 10}
              Odd: {Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: {Name: x, Vpc: v}}
              Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nested.yaml}}
            """;
    private static final String SECOND = """
              Second:
                Type: AWS::Lambda::EventSourceMapping
                Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt More.Arn, StartingPosition: TRIM_HORIZON}
            """;
    private static final String THIRD = """
              Third:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: !Ref Work
                  EventSourceArn: !GetAtt More.Arn
                  StartingPosition: LATEST
                  FilterCriteria: {Filters: [{Pattern: '{"data":{"a":[{"COMPARISON":"x"}]}}'}]}
            """;
    private static final String NESTED =
            "Resources: {Letters: {Type: AWS::SQS::Queue, Properties: {QueueName: letters, VisibilityTimeout: 30}}}";

    @TempDir
    private Path folder;

    private Path template;
    private LocalRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        Path source = Files.writeString(folder.resolve("Work.java"), HANDLER);
        Path code = Files.createDirectories(folder.resolve("code"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "17", "-d", code.toString(), source.toString()))
                .isZero();
        Files.writeString(folder.resolve("nested.yaml"), NESTED);
        template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        runtime = LocalRuntime.start(LocalRuntimeConfig.of(template).withPort(0).withStackName("demo"));
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private JsonNode status() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(runtime.endpoint() + "/_ingest/status"))
                .build();
        try {
            return JSON.readTree(
                    CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private JsonNode save(Path file, String text) throws IOException {
        Files.writeString(file, text);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !status().at("/template/state").asText().equals("loading"));
        return status().path("template");
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void functionsAndMappingsAreChanged() throws IOException {
        JsonNode state = save(
                template,
                TEMPLATE.replace("MemorySize: 256", "MemorySize: 512").replace("BatchSize: 10", "BatchSize: 20"));
        assertThat(texts(state.path("applied")))
                .containsExactly("function work was changed", "mapping First was changed and keeps its position");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> status().at("/functions/0/memoryMb").asInt() == 512);
    }

    @Test
    void aMappingOfAnotherStreamStartsFromItsStartingPosition() throws IOException {
        JsonNode state = save(template, TEMPLATE.replace("GetAtt Events.Arn", "GetAtt More.Arn"));
        assertThat(texts(state.path("applied"))).containsExactly("mapping First was changed");
        assertThat(status().at("/mappings")).hasSize(1);
    }

    @Test
    void nestedStacksAreChanged() throws IOException {
        JsonNode state = save(folder.resolve("nested.yaml"), NESTED.replace("30", "45"));
        assertThat(texts(state.path("applied")))
                .containsExactly("queue letters was changed and keeps its data: VisibilityTimeout 30 → 45");
    }

    @Test
    void aChangeThatFailsMidwayIsCompletedByTheNextOne() throws IOException {
        JsonNode failed = save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "nope"));
        assertThat(failed.path("state").asText()).isEqualTo("rejected");
        assertThat(failed.path("error").asText()).contains("template.yaml:15:3", "nope");
        assertThat(texts(failed.path("applied"))).containsExactly("mapping Second was added");

        JsonNode completed = save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "prefix"));
        assertThat(texts(completed.path("applied"))).containsExactly("mapping Third was added");
        assertThat(status().at("/mappings")).hasSize(3);

        JsonNode reverted = save(template, TEMPLATE);
        assertThat(texts(reverted.path("applied")))
                .containsExactlyInAnyOrder("mapping Second was removed", "mapping Third was removed");
        assertThat(status().at("/mappings")).hasSize(1);
    }

    @Test
    void aRevertedChangeLeavesNothing() throws IOException {
        save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "nope"));
        JsonNode reverted = save(template, TEMPLATE);
        assertThat(reverted.path("state").asText()).isEqualTo("current");
        assertThat(texts(reverted.path("applied"))).containsExactly("mapping Second was removed");
    }

    @Test
    void warningsStayAfterAChange() throws IOException {
        List<String> before = runtime.warnings();
        assertThat(before).isNotEmpty();
        save(template, TEMPLATE.replace("BatchSize: 10", "BatchSize: 20"));
        assertThat(runtime.warnings()).isEqualTo(before);
        assertThat(texts(status().path("warnings"))).isEqualTo(before);
    }
}
