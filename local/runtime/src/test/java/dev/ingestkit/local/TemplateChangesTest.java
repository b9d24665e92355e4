package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
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
    private WatchedRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        Path source = Files.writeString(folder.resolve("Work.java"), HANDLER);
        Path code = Files.createDirectories(folder.resolve("code"));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "--release", "17", "-d", code.toString(), source.toString()))
                .isZero();
        Files.writeString(folder.resolve("nested.yaml"), NESTED);
        template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        runtime = WatchedRuntime.start(template);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void functionsAndMappingsAreChanged() throws IOException {
        JsonNode state = runtime.save(
                template,
                TEMPLATE.replace("MemorySize: 256", "MemorySize: 512").replace("BatchSize: 10", "BatchSize: 20"));
        assertThat(texts(state.path("applied")))
                .containsExactly("function work was changed", "mapping First was changed and keeps its position");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> runtime.status().at("/functions/0/memoryMb").asInt() == 512);
    }

    @Test
    void aMappingOfAnotherStreamStartsFromItsStartingPosition() throws IOException {
        JsonNode state = runtime.save(template, TEMPLATE.replace("GetAtt Events.Arn", "GetAtt More.Arn"));
        assertThat(texts(state.path("applied"))).containsExactly("mapping First was changed");
        assertThat(runtime.status().at("/mappings")).hasSize(1);
    }

    @Test
    void nestedStacksAreChanged() throws IOException {
        JsonNode state = runtime.save(folder.resolve("nested.yaml"), NESTED.replace("30", "45"));
        assertThat(texts(state.path("applied")))
                .containsExactly("queue letters was changed and keeps its data: VisibilityTimeout 30 → 45");
    }

    @Test
    void aChangeThatFailsMidwayIsCompletedByTheNextOne() throws IOException {
        JsonNode failed = runtime.save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "nope"));
        assertThat(failed.path("state").asText()).isEqualTo("rejected");
        assertThat(failed.path("error").asText()).contains("template.yaml:15:3", "nope");
        assertThat(texts(failed.path("applied"))).containsExactly("mapping Second was added");

        JsonNode completed = runtime.save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "prefix"));
        assertThat(texts(completed.path("applied"))).containsExactly("mapping Third was added");
        assertThat(runtime.status().at("/mappings")).hasSize(3);

        JsonNode reverted = runtime.save(template, TEMPLATE);
        assertThat(texts(reverted.path("applied")))
                .containsExactlyInAnyOrder("mapping Second was removed", "mapping Third was removed");
        assertThat(runtime.status().at("/mappings")).hasSize(1);
    }

    @Test
    void aRevertedChangeLeavesNothing() throws IOException {
        runtime.save(template, TEMPLATE + SECOND + THIRD.replace("COMPARISON", "nope"));
        JsonNode reverted = runtime.save(template, TEMPLATE);
        assertThat(reverted.path("state").asText()).isEqualTo("current");
        assertThat(texts(reverted.path("applied"))).containsExactly("mapping Second was removed");
    }

    @Test
    void warningsStayAfterAChange() throws IOException {
        List<String> before = runtime.runtime().warnings();
        assertThat(before).isNotEmpty();
        runtime.save(template, TEMPLATE.replace("BatchSize: 10", "BatchSize: 20"));
        assertThat(runtime.runtime().warnings()).isEqualTo(before);
        assertThat(texts(runtime.status().path("warnings"))).isEqualTo(before);
    }
}
