package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.functions.process.Interpreters;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Python handlers; needs a Python on the search path. The values were compared with awslambdaric 3. */
final class PythonFunctionTest {

    private static final String HANDLER = """
            import collections, decimal, logging, os, sys, threading
            count = 0
            gate = threading.Event()

            def handle(event, context):
                action = event.get("action")
                if action == "echo":
                    return event
                if action == "context":
                    return {"id": context.aws_request_id, "arn": context.invoked_function_arn,
                        "name": context.function_name, "version": context.function_version,
                        "memory": context.memory_limit_in_mb, "group": context.log_group_name,
                        "stream": context.log_stream_name, "left": context.get_remaining_time_in_millis(),
                        "client": context.client_context, "identity": context.identity.cognito_identity_id}
                if action == "environment":
                    return {name: os.environ.get(name) for name in event["names"]}
                if action == "log":
                    print("printed")
                    sys.stdout.write("without an end")
                    logging.getLogger("mine").warning("careful")
                    logging.info("not shown")
                    return None
                if action == "fail":
                    raise ValueError("bad value")
                if action == "exit":
                    sys.exit(3)
                if action == "loop":
                    while True:
                        pass
                if action == "unfit":
                    return {1, 2}
                if action == "decimal":
                    return {"price": decimal.Decimal("1.10"), "name": "größe"}
                if action == "named":
                    return {"point": collections.namedtuple("Point", "x y")(1, 2), "raw": b"text"}
                if action == "large":
                    return "x" * 6291556
                if action == "process":
                    return os.getpid()
            """;

    @TempDir
    private static Path folder;

    private static InterpretedFunctions functions;

    @BeforeAll
    static void start() throws IOException {
        functions = new InterpretedFunctions(folder, "python3.13");
        functions.register(functions
                .config("scripted", "app.handle", functions.write("scripted", Map.of("app.py", HANDLER)))
                .withEnvironment(Map.of("TABLE_NAME", "events")));
    }

    @Test
    void aDebuggerNeedsItsModule() throws IOException, InterruptedException {
        String python = Interpreters.ofThisMachine()
                .find("python3.13")
                .orElseThrow()
                .executable()
                .toString();
        Process question = new ProcessBuilder(python, "-c", "import debugpy")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(question.waitFor() != 0, "this Python has debugpy");
        try (ServerSocket free = new ServerSocket(0)) {
            FunctionConfig config = functions
                    .config("debugged", "app.handle", functions.write("debugged", Map.of("app.py", HANDLER)))
                    .withDebugPort(free.getLocalPort());
            functions.register(config);
            assertThatThrownBy(() -> functions.invoke("debugged", "{}"))
                    .hasMessageContaining("has no module debugpy, which a debugger of function debugged needs");
        }
    }

    @AfterAll
    static void stop() {
        if (functions != null) {
            functions.close();
        }
    }

    private static JsonNode failure(String name, String handler, Map<String, String> files) throws IOException {
        functions.add(name, handler, files);
        return functions.error(name, "{}");
    }

    private static void assertError(JsonNode error, String type, String message) {
        assertThat(error.path("errorType").asText()).isEqualTo(type);
        assertThat(error.path("errorMessage").asText()).isEqualTo(message);
    }

    @Test
    void anInterruptBetweenInvocationsPrintsNothing() throws Exception {
        // A Maven in the background ignores interrupts, and so would this process, which inherits that.
        String asInATerminal = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n";
        functions.add("interrupted", "app.handle", Map.of("app.py", asInATerminal + HANDLER));
        long pid = functions.answer("interrupted", "{\"action\":\"process\"}").asLong();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();

        // As Ctrl-C in a terminal does to each process of its group.
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        process.onExit().get(30, TimeUnit.SECONDS);

        // An invocation may still reach the process that has exited.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> functions
                        .invoke("interrupted", "{\"action\":\"process\"}")
                        .error()
                        .isEmpty());

        assertThat(functions.printed("interrupted")).isEmpty();
    }

    @Test
    void handlerAnswersWithItsResult() throws IOException {
        assertThat(functions.answer("scripted", "{\"action\":\"echo\",\"n\":[1,2.5,\"ü\"]}"))
                .isEqualTo(InterpretedFunctions.JSON.readTree("{\"action\":\"echo\",\"n\":[1,2.5,\"ü\"]}"));
        assertThat(functions.invoke("scripted", "{}").payload()).asString().isEqualTo("null");
    }

    @Test
    void contextHasLambdasMembers() throws IOException {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"context\"}");
        JsonNode context = InterpretedFunctions.JSON.readTree(invocation.payload());
        assertThat(context.path("id").asText()).isEqualTo(invocation.requestId());
        assertThat(context.path("arn").asText())
                .isEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:scripted");
        assertThat(context.path("name").asText()).isEqualTo("scripted");
        assertThat(context.path("version").asText()).isEqualTo("$LATEST");
        assertThat(context.path("memory").asText()).isEqualTo("256");
        assertThat(context.path("group").asText()).isEqualTo("/aws/lambda/scripted");
        assertThat(context.path("stream").asText()).matches("\\d{4}/\\d{2}/\\d{2}/\\[\\$LATEST]\\p{XDigit}{32}");
        assertThat(context.path("left").asInt()).isBetween(1, 20_000);
        assertThat(context.path("client").isNull()).isTrue();
        assertThat(context.path("identity").isNull()).isTrue();
    }

    @Test
    void environmentIsLambdasAndTheTemplates() throws IOException {
        JsonNode variables = functions.answer("scripted", """
                {"action":"environment","names":["TABLE_NAME","AWS_REGION","AWS_ENDPOINT_URL","AWS_EXECUTION_ENV",
                "_HANDLER","HOME","AWS_ACCESS_KEY_ID","_X_AMZN_TRACE_ID"]}""");
        assertThat(variables.path("TABLE_NAME").asText()).isEqualTo("events");
        assertThat(variables.path("AWS_REGION").asText()).isEqualTo("eu-central-1");
        assertThat(variables.path("AWS_ENDPOINT_URL").asText()).isEqualTo("http://127.0.0.1:4566");
        assertThat(variables.path("AWS_EXECUTION_ENV").asText()).isEqualTo("AWS_Lambda_python3.13");
        assertThat(variables.path("_HANDLER").asText()).isEqualTo("app.handle");
        assertThat(variables.path("HOME").isNull()).isTrue();
        assertThat(variables.path("AWS_ACCESS_KEY_ID").asText()).isEqualTo("local");
        assertThat(variables.path("_X_AMZN_TRACE_ID").asText()).startsWith("Root=");
    }

    @Test
    void outputBelongsToItsInvocation() {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"log\"}");
        List<String> output = functions.output(invocation);
        assertThat(output).hasSize(2);
        assertThat(output.get(0)).isEqualTo("printed");
        assertThat(output.get(1))
                .matches("without an end\\[WARNING]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t"
                        + invocation.requestId() + "\tcareful");
        assertThat(invocation.logTail()).contains("printed", "REPORT RequestId: " + invocation.requestId());
    }

    @Test
    void exceptionsAreErrorsWithTheirStack() throws IOException {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"fail\"}");
        JsonNode error = InterpretedFunctions.JSON.readTree(invocation.payload());
        assertThat(error.path("errorType").asText()).isEqualTo("ValueError");
        assertThat(error.path("errorMessage").asText()).isEqualTo("bad value");
        assertThat(error.path("requestId").asText()).isEqualTo(invocation.requestId());
        assertThat(error.path("stackTrace")).hasSize(1);
        assertThat(error.path("stackTrace").path(0).asText())
                .matches("  File \".*app.py\", line \\d+, in handle\n    raise ValueError\\(\"bad value\"\\)\n");
        assertThat(functions.output(invocation))
                .startsWith("[ERROR] ValueError: bad value", "Traceback (most recent call last):")
                .last()
                .isEqualTo("\u00a0\u00a0\u00a0\u00a0raise ValueError(\"bad value\")");
    }

    @Test
    void answersThatAreNotJsonAreMarshalErrors() throws IOException {
        JsonNode error = functions.error("scripted", "{\"action\":\"unfit\"}");
        assertError(
                error,
                "Runtime.MarshalError",
                "Unable to marshal response: Object of type set is not JSON serializable");
        assertThat(functions.invoke("scripted", "{\"action\":\"decimal\"}").payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"price\": 1.10, \"name\": \"größe\"}");
    }

    @Test
    void namedTuplesAreObjectsAndBytesAreText() {
        assertThat(functions.invoke("scripted", "{\"action\":\"named\"}").payload())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"point\": {\"x\": 1, \"y\": 2}, \"raw\": \"text\"}");
    }

    @Test
    void logsAreJsonOfALevelWhereTheFunctionsLogIsSo() throws IOException {
        Path code = functions.write("json", Map.of("app.py", """
                import logging
                def handle(event, context):
                    logging.debug("hidden")
                    logging.info("%s orders", 2, extra={"tenant": "acme"})
                    raise ValueError("bad value")
                """));
        functions.register(functions
                .config("json", "app.handle", code)
                .withEnvironment(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO")));

        Invocation invocation = functions.invoke("json", "{}");
        List<String> output = functions.output(invocation);

        assertThat(output).hasSize(2);
        JsonNode first = InterpretedFunctions.JSON.readTree(output.get(0));
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("message").asText()).isEqualTo("2 orders");
        assertThat(first.path("tenant").asText()).isEqualTo("acme");
        assertThat(first.path("requestId").asText()).isEqualTo(invocation.requestId());
        JsonNode second = InterpretedFunctions.JSON.readTree(output.get(1));
        assertThat(second.path("errorType").asText()).isEqualTo("ValueError");
        assertThat(second.path("stackTrace")).hasSize(1);
    }

    @Test
    void answersAboveTheLimitAreErrors() throws IOException {
        assertThat(functions
                        .error("scripted", "{\"action\":\"large\"}")
                        .path("errorType")
                        .asText())
                .isEqualTo("Function.ResponseSizeTooLarge");
        assertThat(functions
                        .answer("scripted", "{\"action\":\"echo\"}")
                        .path("action")
                        .asText())
                .isEqualTo("echo");
    }

    @Test
    void exitsAndTimeoutsEndTheInvocationInLambdasWords() throws IOException {
        functions.assertAnExitAndATimeoutEndTheInvocation("app.handle", Map.of("app.py", HANDLER));
    }

    @Test
    void concurrentInvocationsHaveProcessesOfTheirOwn() throws IOException {
        functions.add("slow", "app.handle", Map.of("app.py", """
                import os, time
                def handle(event, context):
                    time.sleep(1)
                    return os.getpid()
                """));
        CompletableFuture<Invocation> first = functions.runtime().invoke("slow", "{}".getBytes(StandardCharsets.UTF_8));
        CompletableFuture<Invocation> second =
                functions.runtime().invoke("slow", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(first.join().payload()).isNotEqualTo(second.join().payload());
    }

    @Test
    void handlersThatCannotBeLoadedFailInLambdasWords() throws IOException {
        assertError(
                failure("no-module", "missing.handle", Map.of("app.py", HANDLER)),
                "Runtime.ImportModuleError",
                "Unable to import module 'missing': No module named 'missing'");
        assertError(
                failure("no-function", "app.other", Map.of("app.py", HANDLER)),
                "Runtime.HandlerNotFound",
                "Handler 'other' missing on module 'app'");
        assertThat(failure("no-dot", "app", Map.of("app.py", HANDLER))
                        .path("errorType")
                        .asText())
                .isEqualTo("Runtime.MalformedHandlerName");
        assertThat(failure("syntax", "app.handle", Map.of("app.py", "def handle(:\n"))
                        .path("errorMessage")
                        .asText())
                .startsWith("Syntax error in module 'app': ");
        assertThat(functions.error("syntax", "{}").path("errorType").asText()).isEqualTo("Runtime.UserCodeSyntaxError");
        assertThat(functions.runtime().health("syntax").orElseThrow().error())
                .hasValueSatisfying(text -> assertThat(text).startsWith("Runtime.UserCodeSyntaxError: "));
    }

    @Test
    void layersAreOnThePathBehindTheCode() throws IOException {
        Path layer = functions.write("layer", Map.of("python/shared.py", "NAME = 'of the layer'\n"));
        functions.register(functions
                .config("layered", "deep/app.handle", functions.write("layered", Map.of("deep/app.py", """
                        import shared
                        def handle(event, context):
                            return shared.NAME
                        """)))
                .withLayers(List.of(layer)));
        assertThat(functions.answer("layered", "{}").asText()).isEqualTo("of the layer");
    }

    @Test
    void changedSourceIsLoadedAndBrokenSourceIsRejected() throws IOException {
        functions.add("changing", "app.handle", Map.of("app.py", "def handle(event, context):\n    return 1\n"));
        assertThat(functions.answer("changing", "{}").asInt()).isEqualTo(1);
        functions.write(
                "changing", Map.of("app.py", "def handle(event, context):\n    return missing\nimport nowhere\n"));
        functions.awaitJournal("changing", "reload failed");
        assertThat(functions.answer("changing", "{}").asInt()).isEqualTo(1);
        functions.write("changing", Map.of("app.py", "def handle(event, context):\n    return 2\n"));
        functions.awaitJournal("changing", "reloaded");
        assertThat(functions.answer("changing", "{}").asInt()).isEqualTo(2);
    }
}
