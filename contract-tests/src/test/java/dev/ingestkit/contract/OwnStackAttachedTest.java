package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tool on an attached runtime with a stack of other names, whose table knows nothing of shards. */
final class OwnStackAttachedTest {

    @TempDir
    private static Path folder;

    private static AttachedStack stack;

    @BeforeAll
    static void start() throws IOException {
        Path template = folder.resolve("own.yaml");
        Files.writeString(template, OwnStackByToolTest.TEMPLATE);
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        stack = new AttachedStack(EmbeddedStack.config(template), folder.resolve("attached"));
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(folder)
                .target("--endpoint-url", stack.attached().endpoint().toString())
                .run(arguments);
    }

    @Test
    void anEventIsTracedByItsPartitionKey() throws IOException {
        tool("send", "--id", "k-1", "--data", "{\"total\":1}");
        JsonNode waited =
                tool("wait", "--for", "processed", "--id", "k-1", "-o", "json").json();
        JsonNode trace = tool("trace", "k-1", "-o", "json").json();

        assertThat(waited.path("state").asText()).isEqualTo("processed");
        assertThat(trace.path("history").findValuesAsText("kind")).containsSubsequence("put", "delivered", "attempt");
    }

    @Test
    void aRejectedEventIsFoundInTheOtherEndpointsQueue() throws IOException {
        tool("send", "--id", "p-1", "--each", "--data", "poison");
        JsonNode waited =
                tool("wait", "--for", "dead", "--id", "p-1", "-o", "json").json();
        JsonNode deadLetters = tool("dlq", "list", "-o", "json").json();

        assertThat(waited.path("state").asText()).isEqualTo("dead");
        assertThat(deadLetters.findValuesAsText("eventId")).contains("p-1");
    }

    @Test
    void aLedgerIsVerifiedByTheJournal() throws IOException {
        Path ledger = folder.resolve("own.ledger");
        tool("send", "--fixture", "order-created", "--count", "5", "--ledger", ledger.toString());
        JsonNode verdict = tool("verify", "--ledger", ledger.toString(), "--wait", "20s", "-o", "json")
                .json();

        assertThat(verdict.path("stored").asInt()).isEqualTo(5);
    }

    @Test
    void aFaultOfAStageAtTheOtherEndpointIsRefused() throws IOException {
        Tool.Result refused = tool("faults", "set", "kinesis-put:throttle", "-o", "json");

        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err())
                .contains("while attached, kinesis-put is the other endpoint's")
                .contains("gateway, function-start, function-invoke");
        assertThat(tool("faults", "set", "function-invoke:delay,delay=1ms,match=none")
                        .exit())
                .isZero();
    }
}
