package dev.ingestkit.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.functions.FunctionRuntimeOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests to a runtime that is starting wait for the resources that they name. */
final class StartWaitsTest {

    private static final String TEMPLATE = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Events: { Type: AWS::Kinesis::Stream, Properties: { Name: events, ShardCount: 1 } }
          Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: topic } }
          Table:
            Type: AWS::Serverless::SimpleTable
            Properties: { TableName: items }
          Reader:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: reader
              Runtime: java17
              Handler: example.Reader::handle
              CodeUri: reader.jar
              Events:
                Records:
                  Type: Kinesis
                  Properties: { Stream: !GetAtt Events.Arn, StartingPosition: TRIM_HORIZON }
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, CompletableFuture<HttpResponse<String>>> early = new LinkedHashMap<>();

    @TempDir
    Path directory;

    /** Sends requests once the port is open, before anything else exists. */
    private final class EarlyClient implements FunctionHost.Factory {

        @Override
        public FunctionHost open(FunctionRuntimeOptions options) {
            URI endpoint = URI.create(options.endpointUrl());
            early.put("table", json(endpoint, "DynamoDB_20120810.DescribeTable", "{\"TableName\":\"items\"}"));
            early.put("stream", json(endpoint, "Kinesis_20131202.ListShards", "{\"StreamName\":\"events\"}"));
            early.put("function", get(endpoint.resolve("/2015-03-31/functions/reader")));
            early.put("mapping", get(endpoint.resolve("/2015-03-31/event-source-mappings/")));
            early.put("status", get(endpoint.resolve("/_ingest/status")));
            early.put("topic", query(endpoint, "Action=ListTopics&Version=2010-03-31"));
            return new HeldFunctions();
        }

        @Override
        public boolean needsCode() {
            return false;
        }
    }

    private CompletableFuture<HttpResponse<String>> json(URI endpoint, String target, String body) {
        return send(JsonRequests.of(endpoint, target, body));
    }

    private CompletableFuture<HttpResponse<String>> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    private CompletableFuture<HttpResponse<String>> query(URI endpoint, String form) {
        return send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private LocalRuntimeConfig config(String template) throws IOException {
        return LocalRuntimeConfig.of(Files.writeString(directory.resolve("template.yaml"), template))
                .withPort(0);
    }

    @Test
    void earlyRequestsFindTheResourcesThatTheyName() throws IOException {
        try (LocalRuntime runtime = LocalRuntime.start(config(TEMPLATE), new EarlyClient())) {
            assertThat(runtime.warnings()).isEmpty();
            early.forEach((name, answer) ->
                    assertThat(answer.join().statusCode()).as(name).isEqualTo(200));
            assertThat(body("mapping")).contains("function:reader");
            assertThat(body("status")).contains("\"mappings\":[{");
            assertThat(body("topic")).contains(":topic</TopicArn>");
        }
    }

    private String body(String name) {
        return requireNonNull(early.get(name), name).join().body();
    }

    @Test
    void earlyRequestsAreDroppedWhenTheStartFails() throws IOException {
        String refused = TEMPLATE.replace("TableName: items", "TableName: tt");

        assertThatThrownBy(() -> LocalRuntime.start(config(refused), new EarlyClient()))
                .isInstanceOf(StartException.class);
        early.forEach(
                (name, answer) -> assertThatThrownBy(answer::join).as(name).hasCauseInstanceOf(IOException.class));
    }
}
