package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.functions.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading a snapshot waits for invocations in flight, whose calls belong to the state before. */
final class LoadWaitsTest {

    private static final String TEMPLATE = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Events: { Type: AWS::Kinesis::Stream, Properties: { Name: events, ShardCount: 1 } }
          Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: queue } }
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
                Call:
                  Type: HttpApi
                  Properties: { Path: /call, Method: get }
        Outputs:
          Api: { Value: !Ref ServerlessHttpApi }
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HeldFunctions functions = new HeldFunctions();
    private final List<String> order = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private LocalRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        Path template = Files.writeString(directory.resolve("template.yaml"), TEMPLATE);
        runtime = LocalRuntime.start(
                LocalRuntimeConfig.of(template).withPort(0).withSnapshots(directory.resolve("snapshots")), functions);
        runtime.snapshots().save("before", false);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private String call(String target, String body) {
        return send(JsonRequests.of(runtime.endpoint(), target, body).build())
                .join()
                .body();
    }

    private String queue(String members) {
        return "{\"QueueUrl\":\"%s/000000000000/queue\"%s}".formatted(runtime.endpoint(), members);
    }

    /** Loads while an invocation is in flight, which sends a message before it ends. */
    private void loadDuring(CompletableFuture<Invocation> invocation) throws InterruptedException {
        Thread load = new Thread(
                () -> {
                    try {
                        runtime.snapshots().load("before");
                        order.add("loaded");
                    } catch (IOException failed) {
                        throw new UncheckedIOException(failed);
                    }
                },
                "load");
        load.start();
        Awaitility.await()
                .until(() ->
                        load.getState() == Thread.State.TIMED_WAITING || load.getState() == Thread.State.TERMINATED);
        assertThat(call("AmazonSQS.SendMessage", queue(",\"MessageBody\":\"by the function\"")))
                .contains("MessageId");
        order.add("ended");
        invocation.complete(HeldFunctions.succeeded());
        load.join();

        assertThat(order).containsExactly("ended", "loaded");
        assertThat(call("AmazonSQS.ReceiveMessage", queue(""))).doesNotContain("by the function");
    }

    @Test
    void anAsynchronousInvocationEndsBeforeTheStateIsReplaced() throws Exception {
        send(HttpRequest.newBuilder(runtime.endpoint().resolve("/2015-03-31/functions/reader/invocations"))
                        .header("X-Amz-Invocation-Type", "Event")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build())
                .join();
        loadDuring(functions.next());
    }

    @Test
    void anInvocationOfAMappingEndsBeforeTheStateIsReplaced() throws Exception {
        call("Kinesis_20131202.PutRecord", "{\"StreamName\":\"events\",\"PartitionKey\":\"k\",\"Data\":\"e30=\"}");
        loadDuring(functions.next());
    }

    @Test
    void anInvocationOfAnApiEndsBeforeTheStateIsReplaced() throws Exception {
        String path =
                "/_aws/execute-api/%s/$default/call".formatted(runtime.outputs().get("Api"));
        CompletableFuture<HttpResponse<String>> answer =
                send(HttpRequest.newBuilder(runtime.endpoint().resolve(path)).build());
        loadDuring(functions.next());
        assertThat(answer.join().statusCode()).isEqualTo(200);
    }
}
