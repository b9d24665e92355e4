package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Runs the tool's commands against a runtime as a user types them. */
final class ToolOnRuntimeTest {

    @TempDir
    private static Path state;

    private static LocalRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = LocalRuntime.start(EmbeddedStack.config());
    }

    @AfterAll
    static void end() {
        runtime.close();
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(state)
                .target("--endpoint-url", runtime.endpoint().toString())
                .run(arguments);
    }

    private static int post(String id, String body) throws IOException, InterruptedException {
        String credentials = tool("credentials").out().strip();
        JsonNode env = tool("env", "-o", "json").json();
        URI url = URI.create(env.path("INGEST_SUBMIT_URL").asText() + "/"
                + env.path("INGEST_STREAM").asText() + "/" + id);
        HttpRequest request = HttpRequest.newBuilder(url)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void theRuntimeNamesItsCertificate() {
        String file = new ControlClient(runtime.endpoint()).certificate().orElseThrow();

        assertThat(Path.of(file)).content().startsWith("-----BEGIN CERTIFICATE-----");
    }

    @Test
    void waitAndTraceFollowAnEvent() throws Exception {
        assertThat(post("traced-1", "{\"hello\":\"world\"}")).isEqualTo(200);

        JsonNode waited = tool("wait", "--for", "stored", "--id", "traced-1", "-o", "json")
                .json();
        JsonNode trace = tool("trace", "traced-1", "-o", "json").json();

        assertThat(waited.path("state").asText()).isEqualTo("stored");
        assertThat(trace.path("history").findValuesAsText("kind")).contains("put", "accepted", "delivered", "stored");
        assertThat(trace.path("stored").path("bytes").asInt()).isEqualTo(17);
        assertThat(trace.path("deadLetters")).isEmpty();
    }

    @Test
    void invalidJsonIsFoundAmongTheDeadLetters() {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            String stream = String.valueOf(runtime.outputs().get("StreamName"));
            clients.kinesis()
                    .putRecord(request -> request.streamName(stream)
                            .partitionKey("old-device")
                            .data(SdkBytes.fromUtf8String("not json")));
        }

        Tool.Result waited = tool("wait", "--for", "dead", "--id", "old-device");
        JsonNode trace = tool("trace", "old-device", "-o", "json").json();

        assertThat(waited.exit()).as(waited.err()).isZero();
        assertThat(trace.path("stored").isNull()).isTrue();
        assertThat(trace.path("deadLetters").findValuesAsText("reason")).containsExactly("not-json");
    }

    @Test
    void aWaitThatTimesOutHasItsOwnExitCode() {
        Tool.Result result = tool("wait", "--for", "stored", "--id", "never-sent", "--timeout", "100ms");

        assertThat(result.exit()).isEqualTo(6);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("error: event 'never-sent' is not stored")
                .contains("ingest-cli trace");
    }

    @Test
    void anUnknownEventHasNoTrace() {
        Tool.Result result = tool("trace", "never-sent");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("error: no trace of event 'never-sent'");
    }

    @Test
    void tailPrintsHostileKeysWithoutControlCharacters() {
        String hostile = "hostile\033[2J";
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            String stream = String.valueOf(runtime.outputs().get("StreamName"));
            clients.kinesis()
                    .putRecord(request ->
                            request.streamName(stream).partitionKey(hostile).data(SdkBytes.fromUtf8String("{}")));
        }

        Tool.Result result = tool("tail", "--kind", "put");

        assertThat(result.out()).contains("key=hostile\uFFFD[2J  2 bytes").doesNotContain("\033");
    }

    @Test
    void aMalformedFaultIsAUsageErrorThatListsTheAllowedOnes() {
        Tool.Result result = tool("faults", "set", "moon:eclipse");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("'moon' is not a stage; allowed are");
    }

    @Test
    void faultsAreSetListedAndCleared() {
        JsonNode set = tool("faults", "set", "secret:throttle,match=nobody", "-o", "json")
                .json();
        Tool.Result cleared = tool("faults", "clear");
        JsonNode left = tool("faults", "list", "-o", "json").json();

        assertThat(set.findValuesAsText("fault")).hasSize(1);
        assertThat(cleared.exit()).isZero();
        assertThat(left).isEmpty();
    }

    @Test
    void doctorReportsAHealthyStack() {
        JsonNode checks = tool("doctor", "-o", "json").json();

        assertThat(checks.findValuesAsText("check")).contains("stack", "stream", "table", "queue", "secret", "api");
        assertThat(checks.findValuesAsText("status")).doesNotContain("fail");
    }

    @Test
    void reloadReloadsAFunctionAndTheTemplate() {
        JsonNode reloaded = tool("reload", "Writer", "--template", "-o", "json").json();
        Tool.Result unknown = tool("reload", "Nobody");

        assertThat(reloaded.path("reloading")).hasSize(1);
        assertThat(reloaded.path("applied")).isEmpty();
        assertThat(tool("wait", "--for", "reloaded", "--timeout", "60s").exit()).isZero();
        assertThat(tool("tail", "--steps", "-o", "ndjson").out()).contains("\"what\":\"reloaded\"");
        assertThat(unknown.exit()).isEqualTo(4);
        assertThat(unknown.err()).contains("'Nobody' is not a function that the stack runs");
    }

    @Test
    void statusSupportsQueries() {
        Tool.Result result = tool("status", "--query", "mappings[0].state");

        assertThat(result).isEqualTo(new Tool.Result(0, "Enabled\n", ""));
    }

    @Test
    void aPortInUseIsNamedWithARemedy() {
        Tool.Result result = new Tool(state)
                .run("up", "--port", Integer.toString(runtime.endpoint().getPort()));

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err()).startsWith("error: ").contains("--port 0");
    }

    @Test
    void aMissingTemplateIsNamedInTheError() {
        Tool.Result result = new Tool(state).run("up", "--port", "0", "--template", "nowhere.yaml");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .contains("is not a template: the file does not exist")
                .contains("nowhere.yaml");
    }
}
