package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.process.Interpreters;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** Functions in one language beside Java, each a folder of source files. */
final class InterpretedFunctions implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final String ARN = "arn:aws:lambda:eu-central-1:000000000000:function:";

    private final Path folder;
    private final String runtimeName;
    private final Journal journal = new Journal(Clock.systemUTC());
    private final List<FunctionLog.Line> lines = new CopyOnWriteArrayList<>();
    private final FunctionRuntime runtime;

    InterpretedFunctions(Path folder, String runtimeName) throws IOException {
        Assumptions.assumeTrue(
                Interpreters.ofThisMachine().find(runtimeName).isPresent(),
                "no interpreter for " + runtimeName + " on the PATH");
        this.folder = folder;
        this.runtimeName = runtimeName;
        this.runtime = new FunctionRuntime(FunctionRuntimeOptions.of("http://127.0.0.1:4566", "eu-central-1", journal)
                .withTemporaryFolder(folder)
                .withLog(lines::add));
    }

    FunctionRuntime runtime() {
        return runtime;
    }

    void awaitJournal(String function, String what) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Journals.of(journal, function)).contains(what));
    }

    /** Writes source files and registers them as a function. */
    void add(String name, String handler, Map<String, String> files) throws IOException {
        register(config(name, handler, write(name, files)));
    }

    Path write(String name, Map<String, String> files) throws IOException {
        Path code = folder.resolve("source").resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = code.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return code;
    }

    FunctionConfig config(String name, String handler, Path code) {
        return FunctionConfig.of(name, ARN + name, code, handler)
                .withRuntime(runtimeName)
                .withMemoryMegabytes(256)
                .withTimeout(Duration.ofSeconds(20));
    }

    void register(FunctionConfig config) throws IOException {
        runtime.register(config);
    }

    Invocation invoke(String function, String event) {
        return runtime.invoke(function, event.getBytes(StandardCharsets.UTF_8)).join();
    }

    JsonNode answer(String function, String event) throws IOException {
        Invocation invocation = invoke(function, event);
        assertThat(invocation.error())
                .as(new String(invocation.payload(), StandardCharsets.UTF_8))
                .isEmpty();
        return JSON.readTree(invocation.payload());
    }

    JsonNode error(String function, String event) throws IOException {
        Invocation invocation = invoke(function, event);
        assertThat(invocation.error()).hasValue("Unhandled");
        return JSON.readTree(invocation.payload());
    }

    /** Runs a handler whose actions exit the process and never return, and which answers by a new process afterwards. */
    void assertAnExitAndATimeoutEndTheInvocation(String handler, Map<String, String> files) throws IOException {
        register(config("ending", handler, write("ending", files)).withTimeout(Duration.ofSeconds(2)));
        assertThat(error("ending", "{\"action\":\"exit\"}").path("errorMessage").asText())
                .endsWith("Error: Runtime exited with error: exit status 3");
        assertThat(error("ending", "{\"action\":\"loop\"}").path("errorMessage").asText())
                .endsWith("Task timed out after 2.00 seconds");
        assertThat(answer("ending", "{\"action\":\"echo\"}").path("action").asText())
                .isEqualTo("echo");
    }

    /** Returns what the invocation printed, without Lambda's own lines. */
    List<String> output(Invocation invocation) {
        return lines.stream()
                .filter(line -> invocation.requestId().equals(line.requestId()))
                .filter(line -> line.source() != FunctionLog.Source.PLATFORM)
                .map(FunctionLog.Line::text)
                .toList();
    }

    /** Returns what a function's processes have printed so far, without Lambda's own lines. */
    List<String> printed(String function) {
        return lines.stream()
                .filter(line -> line.function().equals(function))
                .filter(line -> line.source() != FunctionLog.Source.PLATFORM)
                .map(FunctionLog.Line::text)
                .toList();
    }

    @Override
    public void close() {
        runtime.close();
    }
}
