package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the template of a runtime and checks what it runs. */
final class TemplateReloadTest {

    private static final String TEMPLATE = """
            Resources:
              Events: {Type: AWS::Kinesis::Stream, Properties: {Name: events, ShardCount: 1}}
              Work: {Type: AWS::SQS::Queue, Properties: {QueueName: work, VisibilityTimeout: 30}}
              Api:
                Type: AWS::ApiGateway::RestApi
                Properties:
                  Name: api
                  Body:
                    swagger: '2.0'
                    info: {title: api, version: '1'}
                    paths:
                      /ping:
                        get:
                          responses: {'200': {description: ok}}
                          x-amazon-apigateway-integration:
                            type: mock
                            requestTemplates: {application/json: '{"statusCode": 200}'}
                            responses: {default: {statusCode: '200', responseTemplates: {application/json: pong}}}
              Deployed: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api}}
              Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, DeploymentId: !Ref Deployed, StageName: v1}}
            Outputs:
              Answer: {Value: first}
            """;

    @TempDir
    private Path folder;

    private Path template;
    private WatchedRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        runtime = WatchedRuntime.start(template);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private JsonNode save(String text) throws IOException {
        return runtime.save(template, text);
    }

    private String api() throws IOException {
        return URI.create(runtime.status().at("/apis/0/url").asText()).getPath();
    }

    @Test
    void resourcesWithDataAreAddedAndChanged() throws IOException {
        JsonNode state = save(TEMPLATE.replace("VisibilityTimeout: 30", "VisibilityTimeout: 45")
                .replace(
                        "Resources:\n",
                        "Resources:\n  More: {Type: AWS::SQS::Queue, Properties: {QueueName: more}}\n"));
        assertThat(state.path("state").asText()).isEqualTo("current");
        assertThat(state.path("applied"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "queue more was added", "queue work was changed and keeps its data: VisibilityTimeout 30 → 45");
        assertThat(runtime.status().path("queues"))
                .extracting(queue -> queue.path("name").asText())
                .contains("more", "work");
    }

    @Test
    void aStreamIsInTheStatusWithItsOpenShards() throws IOException {
        assertThat(runtime.status().path("streams"))
                .hasToString("[{\"name\":\"events\",\"state\":\"ACTIVE\",\"openShards\":1}]");
        save(TEMPLATE.replace("ShardCount: 1", "ShardCount: 2"));
        assertThat(runtime.status().at("/streams/0/openShards").asInt()).isEqualTo(2);
    }

    @Test
    void aChangedApiIsDeployedAndOutputsFollow() throws IOException {
        assertThat(runtime.get(api() + "/ping")).isEqualTo("pong");
        JsonNode state = save(TEMPLATE.replace("json: pong", "json: changed").replace("Value: first", "Value: second"));
        assertThat(state.path("applied"))
                .extracting(JsonNode::asText)
                .containsExactly("API Api was deployed to stage v1");
        assertThat(runtime.get(api() + "/ping")).isEqualTo("changed");
        assertThat(runtime.runtime().outputs()).containsEntry("Answer", "second");
        assertThat(runtime.status().at("/outputs/Answer").asText()).isEqualTo("second");
    }

    @Test
    void aTemplateOfWhichAPartNeedsARestartIsNotCurrent() throws IOException {
        save(TEMPLATE.replace("Resources:\n", "Resources:\n  Alarms: {Type: AWS::SNS::Topic}\n"));
        JsonNode state = save(TEMPLATE);
        assertThat(state.path("state").asText()).isEqualTo("changed");
        assertThat(state.path("restart")).hasSize(1);
    }

    @Test
    void anInvalidTemplateChangesNothingAndNamesThePosition() throws IOException {
        JsonNode state = save(TEMPLATE.replace("!Ref Deployed", "!Ref Nothing").replace("json: pong", "json: changed"));
        assertThat(state.path("state").asText()).isEqualTo("rejected");
        assertThat(state.path("error").asText()).contains("template.yaml:", "Nothing");
        assertThat(runtime.get(api() + "/ping")).isEqualTo("pong");
        assertThat(save(TEMPLATE.replace("json: pong", "json: mended"))
                        .path("state")
                        .asText())
                .isEqualTo("current");
        assertThat(runtime.get(api() + "/ping")).isEqualTo("mended");
    }

    @Test
    void aRemovedApiIsGoneAndARemovedQueueKeepsItsMessages() throws IOException {
        String path = api();
        JsonNode state = save("""
                Resources:
                  Events: {Type: AWS::Kinesis::Stream, Properties: {Name: events, ShardCount: 1}}
                """);
        assertThat(state.path("applied"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "queue work is no longer in the template; it is kept with its data until it is deleted by its"
                                + " service's API",
                        "stage v1 of API Api was removed");
        assertThat(runtime.get(path + "/ping")).contains("no API is deployed");
    }

    @Test
    void includedFilesAreWatchedToo() throws IOException {
        Path included = Files.writeString(folder.resolve("outputs.yaml"), "Included: {Value: one}\n");
        JsonNode state =
                save(TEMPLATE + "  Fn::Transform: {Name: AWS::Include, Parameters: {Location: outputs.yaml}}\n");
        assertThat(state.path("error").asText()).isEmpty();
        assertThat(runtime.runtime().outputs()).containsEntry("Included", "one");
        Files.writeString(included, "Included: {Value: another}\n");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(runtime.runtime().outputs()).containsEntry("Included", "another"));
    }
}
