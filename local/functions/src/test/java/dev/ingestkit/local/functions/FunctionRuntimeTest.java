package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.fixture.KinesisCounter;
import dev.ingestkit.local.functions.fixture.ScriptedHandler;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.joda.time.DateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs handlers in their environment and checks both sides, with real child JVMs shared by the tests. */
final class FunctionRuntimeTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    @TempDir
    private static Path folder;

    private static FunctionRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        Path jar = FixtureJar.write(folder.resolve("fixtures.jar"), KinesisEvent.class, DateTime.class);
        FunctionRuntimeOptions options = FunctionRuntimeOptions.of(
                        "http://127.0.0.1:4566", "eu-central-1", new Journal(Clock.systemUTC()))
                .withTemporaryFolder(folder);
        runtime = new FunctionRuntime(options);
        runtime.register(FunctionConfig.of("scripted", ARN + "scripted", jar, ScriptedHandler.class.getName())
                .withMemoryMegabytes(256)
                .withTimeout(Duration.ofSeconds(30))
                .withEnvironment(Map.of("TABLE_NAME", "events")));
        runtime.register(
                FunctionConfig.of("counter", ARN + "counter", jar, KinesisCounter.class.getName() + "::handleRequest")
                        .withTimeout(Duration.ofSeconds(30)));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static Invocation invoke(String function, String event) {
        return runtime.invoke(function, event.getBytes(StandardCharsets.UTF_8)).join();
    }

    private static JsonNode answer(Invocation invocation) throws IOException {
        assertThat(invocation.error())
                .as(new String(invocation.payload(), StandardCharsets.UTF_8))
                .isEmpty();
        return JSON.readTree(invocation.payload());
    }

    @Test
    void handlerAnswersWithItsResult() throws IOException {
        assertThat(answer(invoke("scripted", "{\"action\":\"echo\",\"n\":[1,2]}")))
                .isEqualTo(JSON.readTree("{\"action\":\"echo\",\"n\":[1,2]}"));
    }

    @Test
    void kinesisEventsAreReadAndWrittenAsOnLambda() throws IOException {
        String event = """
            {"Records":[{"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"1","partitionKey":"a","data":"Z29vZA==","approximateArrivalTimestamp":1545084650.987}},
            {"eventSource":"aws:kinesis","kinesis":{"sequenceNumber":"2","partitionKey":"a","data":"YmFk","approximateArrivalTimestamp":1545084650.987}}]}\
            """;
        assertThat(answer(invoke(ARN + "counter:$LATEST", event)))
                .isEqualTo(JSON.readTree("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}"));
    }

    @Test
    void thrownExceptionBecomesLambdasErrorObject() throws IOException {
        Invocation invocation = invoke("scripted", "{\"action\":\"throw\"}");
        assertThat(invocation.error()).contains("Unhandled");
        JsonNode error = JSON.readTree(invocation.payload());
        assertThat(error.path("errorMessage").asText()).isEqualTo("broken on purpose");
        assertThat(error.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.path("stackTrace").get(0).asText()).startsWith(ScriptedHandler.class.getName());
    }

    @Test
    void environmentHasLambdasVariablesAndNoneOfTheUsers() throws IOException {
        JsonNode variables = answer(invoke("scripted", "{\"action\":\"environment\"}"));
        assertThat(variables.path("TABLE_NAME").asText()).isEqualTo("events");
        assertThat(variables.path("AWS_REGION").asText()).isEqualTo("eu-central-1");
        assertThat(variables.path("AWS_DEFAULT_REGION").asText()).isEqualTo("eu-central-1");
        assertThat(variables.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("scripted");
        assertThat(variables.path("AWS_LAMBDA_FUNCTION_VERSION").asText()).isEqualTo("$LATEST");
        assertThat(variables.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText()).isEqualTo("256");
        assertThat(variables.path("AWS_EXECUTION_ENV").asText()).isEqualTo("AWS_Lambda_java17");
        assertThat(variables.path("AWS_ENDPOINT_URL").asText()).isEqualTo("http://127.0.0.1:4566");
        assertThat(variables.path("_HANDLER").asText()).isEqualTo(ScriptedHandler.class.getName());
        assertThat(variables.path("TZ").asText()).isEqualTo(":UTC");
        assertThat(variables.has("HOME")).isFalse();
        assertThat(variables.has("AWS_PROFILE")).isFalse();
    }

    @Test
    void contextIsComplete() throws IOException {
        Invocation invocation = invoke("scripted", "{\"action\":\"context\"}");
        JsonNode context = answer(invocation);
        assertThat(context.path("requestId").asText()).isEqualTo(invocation.requestId());
        assertThat(context.path("functionName").asText()).isEqualTo("scripted");
        assertThat(context.path("arn").asText()).isEqualTo(ARN + "scripted");
        assertThat(context.path("memory").asInt()).isEqualTo(256);
        assertThat(context.path("logGroup").asText()).isEqualTo("/aws/lambda/scripted");
        assertThat(context.path("logStream").asText()).contains("[$LATEST]");
        assertThat(context.path("remaining").asInt()).isBetween(1, 30_000);
        assertThat(context.hasNonNull("clientContext")).isFalse();
    }

    @Test
    void heapAndWorkingDirectoryFollowTheFunction() throws IOException {
        JsonNode properties = answer(invoke("scripted", "{\"action\":\"properties\"}"));
        assertThat(properties.path("heap").asInt()).isBetween(200, 218);
        assertThat(Path.of(properties.path("cwd").asText())).startsWith(folder.toRealPath());
    }

    @Test
    void eachConcurrentInvocationSeesItsOwnTraceHeader() throws IOException {
        List<CompletableFuture<Invocation>> running = java.util.stream.IntStream.range(0, 4)
                .mapToObj(n -> runtime.invoke(
                        "scripted",
                        "{\"action\":\"wait\",\"millis\":200,\"number\":%d}"
                                .formatted(n)
                                .getBytes(StandardCharsets.UTF_8)))
                .toList();
        for (CompletableFuture<Invocation> one : running) {
            Invocation invocation = one.join();
            String header = answer(invocation).path("trace").asText();
            assertThat(runtime.origins().origin(header))
                    .hasValueSatisfying(origin -> assertThat(origin.requestId()).isEqualTo(invocation.requestId()));
        }
    }

    @Test
    void threadsOfAHandlerCarryItsTraceHeader() throws IOException {
        Invocation invocation = invoke("scripted", "{\"action\":\"trace\"}");
        JsonNode traces = answer(invocation);
        assertThat(traces.get(0).asText()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
        assertThat(traces.get(1)).isEqualTo(traces.get(0));
        assertThat(traces.get(2)).isEqualTo(traces.get(0));
        assertThat(traces.get(3).asText()).isEqualTo("null");
    }

    @Test
    void logHasTheInvocationsOutputBetweenLambdasOwnLines() {
        Invocation invocation = invoke("scripted", "{\"action\":\"print\"}");
        assertThat(invocation.logTail().lines().map(line -> line.replaceAll("[0-9.]+ (ms|MB)", "# $1")))
                .containsExactlyInAnyOrder(
                        "START RequestId: " + invocation.requestId() + " Version: $LATEST",
                        "to standard output",
                        "by the logger",
                        "to standard error, without a line's end",
                        "END RequestId: " + invocation.requestId(),
                        "REPORT RequestId: " + invocation.requestId()
                                + "\tDuration: # ms\tBilled Duration: # ms\tMemory Size: # MB\tMax Memory Used: # MB\t")
                .startsWith("START RequestId: " + invocation.requestId() + " Version: $LATEST");
    }
}
