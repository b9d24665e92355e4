package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Sends events and handles dead letters by the tool's commands, on a runtime whose mapping gives up at the first
 * failure.
 */
final class EventsByToolTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    @TempDir
    private static Path state;

    @TempDir
    private Path folder;

    private static LocalRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = LocalRuntime.start(EmbeddedStack.config().withParameter("RetryAttempts", "0"));
    }

    @AfterAll
    static void end() {
        runtime.close();
    }

    @Test
    void sentEventsAreStoredAndTheLedgerProvesIt() throws IOException {
        Path input = folder.resolve("events.ndjson");
        Files.writeString(input, "{\"eventId\":\"order-1\",\"total\":1.5}\n{\"no\":\"id\"}\n");
        String ledger = folder.resolve("ledger").toString();

        Tool.Result sent = tool("send", input.toString(), "--id", "line-{n}", "--ledger", ledger, "-o", "name");
        JsonNode verdict = tool("verify", "--ledger", ledger, "--wait", "60s", "-o", "json")
                .json();

        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.out().lines()).containsExactlyInAnyOrder("order-1", "line-2");
        assertThat(verdict.toString())
                // The table also holds events of other tests.
                .startsWith("{\"accepted\":2,\"stored\":2,\"deadLettered\":0,\"missing\":0,\"different\":0,"
                        + "\"storedTwice\":0,\"refused\":0,\"notInLedger\":");
        assertThat(tool("inspect", "order-1", "--payload").out()).isEqualTo("{\"eventId\":\"order-1\",\"total\":1.5}");
        assertThat(tool("replay", "order-1", "-o", "json").json().path("status").asInt())
                .isEqualTo(200);
        assertThat(tool("inspect", "-o", "name").out().lines()).contains("order-1", "line-2");
    }

    @Test
    void rejectedEventsAreKeptAndResumingSendsOnlyUnacceptedEvents() throws IOException {
        Path rejected = folder.resolve("rejected.ndjson");
        String ledger = folder.resolve("ledger").toString();
        String[] command = {
            "send",
            "--data",
            "[{\"eventId\":\"kept\"},7]",
            "--ledger",
            ledger,
            "--rejected",
            rejected.toString(),
            "--summary"
        };

        Tool.Result first = tool(command);
        List<String> again = new ArrayList<>(Arrays.asList(command));
        again.addAll(List.of("--resume", "-o", "json"));
        Tool.Result second = tool(again.toArray(String[]::new));

        assertThat(first.exit()).as(first.err()).isEqualTo(3);
        assertThat(Files.readString(rejected, StandardCharsets.UTF_8)).contains("\"payload\":\"7\",\"status\":400");
        assertThat(second.exit()).isEqualTo(1);
        JsonNode summary = MAPPER.readTree(second.out());
        assertThat(summary.path("skipped").asInt()).isEqualTo(1);
        assertThat(summary.path("rejected").asInt()).isEqualTo(1);
    }

    @Test
    void tailPrintsEventsThatSendReads() throws IOException {
        String ledger = folder.resolve("ledger").toString();
        tool("send", "--data", "{\"eventId\":\"again-1\",\"total\":1.50}", "--ledger", ledger);
        tool("verify", "--ledger", ledger, "--wait", "60s");

        JsonNode shown = tool("tail", "--id", "again-1", "-o", "ndjson").json();
        String[] send = {
            "send", "-", "-o", "ndjson", "--endpoint-url", runtime.endpoint().toString()
        };
        JsonNode sent = new Tool(state).run(shown.toString(), send).json();

        assertThat(shown.path("status").asText()).isEqualTo("stored");
        assertThat(shown.path("data").toString()).isEqualTo("{\"eventId\":\"again-1\",\"total\":1.5}");
        assertThat(sent.path("id").asText()).isEqualTo("again-1");
        assertThat(sent.path("status").asInt()).isEqualTo(200);
    }

    @Test
    void aParkedEventIsShownAsDeadWithItsReason() throws IOException {
        put("tail-poison", "not json");
        waitForLetter("eventId=='tail-poison'");

        Tool.Result shown = tool("tail", "--id", "tail-poison", "--format", "{id} {status} {reason} {payload}\\n");

        assertThat(shown.out()).startsWith("tail-poison dead not-json: ").endsWith(" not json\n");
    }

    @Test
    void generatedEventsAreTheSameForTheSameSeed() throws IOException {
        String[] first = {"send", "--fixture", "order-created", "--count", "3", "--seed", "7", "-c", "1", "-o", "name"};
        Tool.Result once = tool(first);
        Tool.Result twice = tool(first);

        assertThat(once.exit()).as(once.err()).isZero();
        assertThat(once.out().lines()).hasSize(3).allMatch(id -> id.matches("ord-[0-9a-f]{12}"));
        assertThat(twice.out()).isEqualTo(once.out());
    }

    @Test
    void aMissingEventIsNamedWithARemedy() {
        Tool.Result result = tool("inspect", "never-sent");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("event 'never-sent' ").contains("dlq list");
    }

    @Test
    void onFailureRecordsAreRedrivenFromTheStreamByteForByte() throws IOException {
        String ledger = folder.resolve("ledger").toString();
        tool("faults", "set", "dynamodb:throttle,rate=1", "-o", "json");
        try {
            assertThat(tool("send", "--data", "{\"eventId\":\"poison\", \"exact\":1.0}", "--ledger", ledger)
                            .exit())
                    .isZero();
            waitForLetter("kind=='on-failure'");
        } finally {
            tool("faults", "clear");
        }
        JsonNode dead = tool("verify", "--ledger", ledger, "-o", "json").json();
        JsonNode rehearsal = tool("dlq", "redrive", "--dry-run", "--filter", "kind=='on-failure'", "-o", "json")
                .json();
        JsonNode redriven = tool("dlq", "redrive", "--filter", "kind=='on-failure'", "-o", "json")
                .json();
        JsonNode verdict = tool("verify", "--ledger", ledger, "--wait", "60s", "-o", "json")
                .json();

        assertThat(dead.path("deadLettered").asInt()).isEqualTo(1);
        assertThat(rehearsal.findValuesAsText("outcome")).containsOnly("would redrive");
        assertThat(redriven.findValuesAsText("outcome")).containsOnly("redriven");
        assertThat(verdict.path("stored").asInt()).isEqualTo(1);
        assertThat(deadLetters("kind=='on-failure'")).isEmpty();
    }

    @Test
    void parkedEventsAreShownAndDrained() throws IOException {
        put("old-device", "not json");
        String id = waitForLetter("eventId=='old-device'");
        Path file = folder.resolve("letters.ndjson");

        JsonNode shown = tool("dlq", "show", id, "-o", "json").json();
        Tool.Result drained = tool("dlq", "drain", file.toString());

        assertThat(shown.path("events").path(0).path("payload").asText()).isEqualTo("not json");
        assertThat(drained.exit()).as(drained.err()).isZero();
        assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("\"payload\":\"not json\"", id);
        assertThat(deadLetters("eventId=='old-device'")).isEmpty();
    }

    @Test
    void purgeAsksAndWithoutATerminalNamesTheOption() {
        Tool.Result result = tool("dlq", "purge");

        assertThat(result.exit()).isEqualTo(5);
        assertThat(result.err()).contains("--yes");
    }

    private static String waitForLetter(String condition) {
        return Awaitility.await("a dead letter where " + condition)
                .atMost(MAX_WAIT)
                .pollInSameThread()
                .until(() -> deadLetters(condition), found -> !found.isEmpty())
                .get(0);
    }

    private static List<String> deadLetters(String condition) {
        Tool.Result result = tool("dlq", "list", "--limit", "0", "--query", "[?" + condition + "].id");
        assertThat(result.exit()).as(result.err()).isZero();
        return result.out().lines().toList();
    }

    private static void put(String key, String data) {
        try (AwsClients clients = new AwsClients(EmbeddedStack.target(runtime))) {
            String stream = String.valueOf(runtime.outputs().get("StreamName"));
            clients.kinesis()
                    .putRecord(request ->
                            request.streamName(stream).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
        }
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(state)
                .target("--endpoint-url", runtime.endpoint().toString())
                .run(arguments);
    }
}
