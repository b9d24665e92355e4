package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.LocalRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the tool on a stack of other names at an endpoint without a journal, such as LocalStack. */
final class OwnStackElsewhereTest {

    @TempDir
    private static Path folder;

    private static LocalRuntime runtime;
    private static PlainEndpoint endpoint;

    @BeforeAll
    static void start() throws IOException {
        Path template = folder.resolve("own.yaml");
        Files.writeString(template, OwnStackByToolTest.TEMPLATE);
        Files.write(folder.resolve("projector.jar"), FunctionArchive.of(PoisonFunction.class));
        runtime = LocalRuntime.start(EmbeddedStack.config(template));
        endpoint = new PlainEndpoint(runtime.endpoint());
    }

    @AfterAll
    static void end() {
        endpoint.close();
        runtime.close();
    }

    private static Tool.Result tool(String... arguments) {
        return new Tool(folder).target("--endpoint-url", endpoint.url()).run(arguments);
    }

    @Test
    void anEventIsTracedToItsRecordInTheStream() throws IOException {
        tool("send", "--id", "k-1", "--data", "{\"total\":1}");
        JsonNode trace = tool("trace", "k-1", "-o", "json").json();

        assertThat(trace.path("sources")).map(JsonNode::asText).containsExactly("table", "queue", "stream");
        assertThat(trace.path("history").findValuesAsText("kind")).containsExactly("put");
        assertThat(tool("trace", "nobody").err()).contains("cause: searched: table, queue, stream");
    }

    @Test
    void anEventIsSentAgainFromTheStream() throws IOException {
        tool("send", "--id", "k-2", "--data", "{\"total\":2}");
        Tool.Result replayed = tool("replay", "k-2");
        JsonNode trace = tool("trace", "k-2", "-o", "json").json();

        assertThat(replayed.exit()).as(replayed.err()).isZero();
        assertThat(trace.path("history").findValuesAsText("bytes")).containsExactly("11", "11");
    }

    @Test
    void deadLettersAreFoundByTheMappingsDestination() throws IOException {
        tool("send", "--id", "p-1", "--each", "--data", "poison");
        tool("wait", "--for", "dead", "--id", "p-1");

        assertThat(tool("dlq", "list", "-o", "json").json().findValuesAsText("eventId"))
                .contains("p-1");
        assertThat(tool("dlq", "redrive", "--dry-run").err()).contains("would redrive");
    }

    @Test
    void commandsThatNeedAJournalSaySo() {
        assertThat(tool("wait", "--for", "processed", "--id", "k-1").err())
                .contains("is not an embedded runtime, so it has no journal");
    }
}
