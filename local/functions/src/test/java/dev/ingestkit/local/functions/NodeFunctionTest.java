package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs Node.js handlers; needs a node on the search path. The values were compared with aws-lambda-ric 4. */
final class NodeFunctionTest {

    private static final String HANDLER = """
            exports.async = async (event, context) => {
              switch (event.action) {
                case 'echo': return event;
                case 'context': return { ...context, left: context.getRemainingTimeInMillis() };
                case 'environment': return event.names.map((name) => process.env[name] ?? null);
                case 'log':
                  console.log('text %d', 1, { a: 1 });
                  console.error('wrong');
                  process.stdout.write('without an end');
                  return;
                case 'fail': throw new TypeError('bad value');
                case 'text': throw 'only text';
                case 'exit': process.exit(3);
                case 'loop': for (;;) ;
                case 'reject': Promise.reject(new Error('lost')); await new Promise((done) => setTimeout(done, 5000)); return 1;
                case 'uncaught': setTimeout(() => { throw new RangeError('later'); }, 0); await new Promise((done) => setTimeout(done, 5000)); return 1;
                case 'circular': { const self = {}; self.self = self; return self; }
                case 'heap': return require('node:v8').getHeapStatistics().heap_size_limit;
                case 'forever': return new Promise(() => {});
              }
            };
            exports.callback = (event, context, callback) => {
              if (event.fail) callback(new Error('by callback'));
              else if (event.nothing) return;
              else setTimeout(() => callback(null, { later: true }), 10);
            };
            exports.deep = { handler: async () => 'deep' };
            exports.number = 1;
            """;

    @TempDir
    private static Path folder;

    private static InterpretedFunctions functions;

    @BeforeAll
    static void start() throws IOException {
        functions = new InterpretedFunctions(folder, "nodejs22.x");
        functions.register(functions
                .config("scripted", "index.async", functions.write("scripted", Map.of("index.js", HANDLER)))
                .withEnvironment(Map.of("TABLE_NAME", "events")));
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
        assertThat(error.path("trace").isArray()).isTrue();
    }

    @Test
    void handlerAnswersWithTheResultOfItsPromise() throws IOException {
        assertThat(functions.answer("scripted", "{\"action\":\"echo\",\"n\":[1,2.5,\"ü\"]}"))
                .isEqualTo(InterpretedFunctions.JSON.readTree("{\"action\":\"echo\",\"n\":[1,2.5,\"ü\"]}"));
        assertThat(functions.invoke("scripted", "{}").payload()).asString().isEqualTo("null");
        assertThat(functions.invoke("scripted", "{\"action\":\"forever\"}").payload())
                .asString()
                .isEqualTo("null");
    }

    @Test
    void aSingleSourceIsTheWholeCode() throws IOException {
        Path source = functions
                .write("single", Map.of("index.js", "exports.handler = async () => 'one file';"))
                .resolve("index.js");
        functions.register(functions.config("single", "index.handler", source));

        assertThat(functions.answer("single", "{}").asText()).isEqualTo("one file");
    }

    @Test
    void callbacksAnswerWhenNothingIsLeftToDo() throws IOException {
        functions.add("callback", "index.callback", Map.of("index.js", HANDLER));
        assertThat(functions.answer("callback", "{}").path("later").asBoolean()).isTrue();
        assertThat(functions.answer("callback", "{\"nothing\":true}").isNull()).isTrue();
        assertError(functions.error("callback", "{\"fail\":true}"), "Error", "by callback");
    }

    @Test
    void contextHasLambdasMembers() throws IOException {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"context\"}");
        JsonNode context = InterpretedFunctions.JSON.readTree(invocation.payload());
        assertThat(context.path("awsRequestId").asText()).isEqualTo(invocation.requestId());
        assertThat(context.path("functionName").asText()).isEqualTo("scripted");
        assertThat(context.path("functionVersion").asText()).isEqualTo("$LATEST");
        assertThat(context.path("memoryLimitInMB").asText()).isEqualTo("256");
        assertThat(context.path("logGroupName").asText()).isEqualTo("/aws/lambda/scripted");
        assertThat(context.path("invokedFunctionArn").asText())
                .isEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:scripted");
        assertThat(context.path("callbackWaitsForEmptyEventLoop").asBoolean()).isTrue();
        assertThat(context.path("left").asInt()).isBetween(1, 20_000);
    }

    @Test
    void environmentIsLambdasAndTheTemplates() throws IOException {
        JsonNode values = functions.answer("scripted", """
                {"action":"environment","names":["TABLE_NAME","AWS_EXECUTION_ENV","HOME","_X_AMZN_TRACE_ID"]}""");
        assertThat(values.path(0).asText()).isEqualTo("events");
        assertThat(values.path(1).asText()).isEqualTo("AWS_Lambda_nodejs22.x");
        assertThat(values.path(2).isNull()).isTrue();
        assertThat(values.path(3).asText()).startsWith("Root=");
    }

    @Test
    void outputHasTheTimeTheRequestAndTheLevel() {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"log\"}");
        String start = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t" + invocation.requestId() + "\t";
        List<String> output = functions.output(invocation);
        assertThat(output).hasSize(3);
        assertThat(output.get(0)).matches(start + "INFO\ttext 1 \\{ a: 1 }");
        assertThat(output.get(1)).matches(start + "ERROR\twrong");
        assertThat(output.get(2)).isEqualTo("without an end");
    }

    @Test
    void errorsHaveTheirTrace() throws IOException {
        Invocation invocation = functions.invoke("scripted", "{\"action\":\"fail\"}");
        JsonNode error = InterpretedFunctions.JSON.readTree(invocation.payload());
        assertError(error, "TypeError", "bad value");
        assertThat(error.path("trace").path(0).asText()).isEqualTo("TypeError: bad value");
        assertThat(error.path("trace").path(1).asText()).contains("index.js:");
        assertThat(functions.output(invocation))
                .singleElement()
                .asString()
                .contains(
                        "\tERROR\tInvoke Error \t{\"errorType\":\"TypeError\",\"errorMessage\":\"bad value\",\"stack\":[");
        assertError(functions.error("scripted", "{\"action\":\"text\"}"), "string", "only text");
        assertError(
                functions.error("scripted", "{\"action\":\"circular\"}"), "Error", "Unable to stringify response body");
    }

    @Test
    void uncaughtErrorsEndTheProcess() throws IOException {
        functions.add("uncaught", "index.async", Map.of("index.js", HANDLER));
        assertError(
                functions.error("uncaught", "{\"action\":\"reject\"}"),
                "Runtime.UnhandledPromiseRejection",
                "Error: lost");
        assertError(functions.error("uncaught", "{\"action\":\"uncaught\"}"), "RangeError", "later");
        assertThat(functions
                        .answer("uncaught", "{\"action\":\"echo\"}")
                        .path("action")
                        .asText())
                .isEqualTo("echo");
    }

    @Test
    void exitsAndTimeoutsEndTheInvocationInLambdasWords() throws IOException {
        functions.assertAnExitAndATimeoutEndTheInvocation("index.async", Map.of("index.js", HANDLER));
    }

    @Test
    void modulesOfEachKindAreLoaded() throws IOException {
        String module = "import fs from 'node:fs'; export const handler = async () => typeof fs.readFileSync;";
        functions.add("mjs", "src/index.handler", Map.of("src/index.mjs", module));
        functions.add("type", "index.handler", Map.of("index.js", module, "package.json", "{\"type\":\"module\"}"));
        functions.add("cjs", "index.deep.handler", Map.of("index.cjs", HANDLER));
        assertThat(functions.answer("mjs", "{}").asText()).isEqualTo("function");
        assertThat(functions.answer("type", "{}").asText()).isEqualTo("function");
        assertThat(functions.answer("cjs", "{}").asText()).isEqualTo("deep");
    }

    @Test
    void handlersThatCannotBeLoadedFailInLambdasWords() throws IOException {
        JsonNode missing = failure("no-module", "missing.handler", Map.of("index.js", HANDLER));
        assertThat(missing.path("errorType").asText()).isEqualTo("Runtime.ImportModuleError");
        assertThat(missing.path("errorMessage").asText()).startsWith("Error: Cannot find module 'missing'");
        assertError(
                failure("no-function", "index.other", Map.of("index.js", HANDLER)),
                "Runtime.HandlerNotFound",
                "index.other is undefined or not exported");
        assertError(
                failure("no-call", "index.number", Map.of("index.js", HANDLER)),
                "Runtime.HandlerNotFound",
                "index.number is not a function");
        assertThat(failure("syntax", "index.handler", Map.of("index.js", "exports.handler = ("))
                        .path("errorType")
                        .asText())
                .isEqualTo("Runtime.UserCodeSyntaxError");
        assertError(
                failure("thrown", "index.handler", Map.of("index.js", "throw new Error('at load');")),
                "Error",
                "at load");
    }

    @Test
    void layersAreFoundByRequire() throws IOException {
        Path layer = functions.write(
                "layer", Map.of("nodejs/node_modules/shared/index.js", "module.exports = 'of the layer';"));
        Path code = functions.write(
                "layered",
                Map.of("index.js", "const shared = require('shared'); exports.handler = async () => shared;"));
        functions.register(functions.config("layered", "index.handler", code).withLayers(List.of(layer)));
        assertThat(functions.answer("layered", "{}").asText()).isEqualTo("of the layer");
    }

    @Test
    void changedSourceIsLoaded() throws IOException {
        functions.add("changing", "index.handler", Map.of("index.js", "exports.handler = async () => 1;"));
        assertThat(functions.answer("changing", "{}").asInt()).isEqualTo(1);
        functions.write("changing", Map.of("index.js", "exports.handler = async () => 22;"));
        functions.awaitJournal("changing", "reloaded");
        assertThat(functions.answer("changing", "{}").asInt()).isEqualTo(22);
    }

    @Test
    void heapFollowsTheFunctionsMemory() throws IOException {
        assertThat(functions.answer("scripted", "{\"action\":\"heap\"}").asLong())
                .isBetween(200L * 1_024 * 1_024, 400L * 1_024 * 1_024);
    }

    @Test
    void archivesRunAsFoldersDo() throws IOException {
        Path zip = folder.resolve("function.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("index.js"));
            out.write("exports.handler = async () => 'zipped';".getBytes(StandardCharsets.UTF_8));
        }
        functions.register(functions.config("zipped", "index.handler", zip));
        assertThat(functions.answer("zipped", "{}").asText()).isEqualTo("zipped");
    }
}
