package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs Node.js handlers as Lambda's client for Node.js 24 does, which differs from the one before, and streams and logs as
 * both do. The values are those of aws-lambda-ric 4.0.2 and 3.3.0 with the same handlers; needs a node on the search path.
 */
final class NodeClientTest {

    @TempDir
    private static Path folder;

    private static InterpretedFunctions functions;

    @BeforeAll
    static void start() throws IOException {
        functions = new InterpretedFunctions(folder, "nodejs24.x");
    }

    @AfterAll
    static void stop() {
        if (functions != null) {
            functions.close();
        }
    }

    private static void add(String name, String handler) throws IOException {
        functions.add(name, "index.handler", Map.of("index.js", handler));
    }

    private static void addOlder(String name, String handler) throws IOException {
        Path code = functions.write(name, Map.of("index.js", handler));
        functions.register(functions.config(name, "index.handler", code).withRuntime("nodejs22.x"));
    }

    private static String text(String function) {
        return new String(functions.invoke(function, "{}").payload(), StandardCharsets.UTF_8);
    }

    private static void assertError(String function, String type, String message) throws IOException {
        JsonNode error = functions.error(function, "{}");
        assertThat(error.path("errorType").asText()).isEqualTo(type);
        assertThat(error.path("errorMessage").asText()).startsWith(message);
    }

    @Test
    void returnedValuesAreAnswersSinceNode24() throws IOException {
        String handler = "exports.handler = () => ({ now: true });";
        add("returns", handler);
        addOlder("returned", handler);

        assertThat(text("returns")).isEqualTo("{\"now\":true}");
        assertThat(text("returned")).isEqualTo("null");
    }

    @Test
    void callbacksAreRefusedSinceNode24() throws IOException {
        add("callback", "exports.handler = (event, context, callback) => callback(null, 1);");

        assertError(
                "callback",
                "Runtime.CallbackHandlerDeprecated",
                "ERROR: AWS Lambda has removed support for callback-based function handlers");
    }

    @Test
    void theContextHasNoCallbacksSinceNode24() throws IOException {
        add("context", "exports.handler = async (event, context) => Object.keys(context).sort();");

        assertThat(functions.answer("context", "{}"))
                .extracting(JsonNode::asText)
                .contains("awsRequestId", "getRemainingTimeInMillis", "xRayTraceId")
                .doesNotContain("callbackWaitsForEmptyEventLoop", "done", "succeed");
    }

    @Test
    void uncaughtErrorsExitSinceNode24() throws IOException {
        add("lost", """
                exports.handler = async () => {
                  Promise.reject(new Error('lost'));
                  await new Promise((done) => setTimeout(done, 5000));
                };""");

        assertError("lost", "Runtime.ExitError", "RequestId: ");
    }

    @Test
    void handlersOfADefaultExportAreFoundSinceNode24() throws IOException {
        functions.add("default", "index.handler", Map.of("index.mjs", "export default { handler: async () => 'd' };"));

        assertThat(functions.answer("default", "{}").asText()).isEqualTo("d");
    }

    @Test
    void aStreamIsAnsweredAsAWhole() throws IOException {
        String handler = """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.setContentType('text/plain');
                  stream.write('a');
                  stream.write({ b: 1 });
                  stream.end('c');
                });""";
        add("stream", handler);
        addOlder("streamed", handler);

        assertThat(text("stream")).isEqualTo("a{\"b\":1}c");
        assertThat(text("streamed")).isEqualTo("a{\"b\":1}c");
    }

    @Test
    void theHeadOfAStreamedHttpAnswerPrecedesItsBody() throws IOException {
        addOlder("head", """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  const answer = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
                  answer.write('made');
                  answer.end();
                });""");

        assertThat(text("head")).isEqualTo("{\"statusCode\":201}" + "\0".repeat(8) + "made");
    }

    @Test
    void aFailureInAStreamFailsTheInvocation() throws IOException {
        addOlder("broken", """
                exports.handler = awslambda.streamifyResponse(async (event, stream) => {
                  stream.write('a');
                  throw new RangeError('midway');
                });""");
        addOlder("notAsync", "exports.handler = awslambda.streamifyResponse((event, stream) => stream.end());");

        assertError("broken", "RangeError", "midway");
        assertError("notAsync", "string", "Streaming does not support non-async handlers.");
    }

    @Test
    void aNullThatIsStreamedFailsTheInvocation() throws IOException {
        addOlder(
                "nothing",
                "exports.handler = awslambda.streamifyResponse(async (event, stream) => stream.write(null));");

        assertError("nothing", "TypeError", "Cannot read properties of null (reading 'length')");
    }

    @Test
    void anErrorThatCannotBeReadHasAnEmptyTraceSinceNode24() throws IOException {
        add("unreadable", """
                exports.handler = async () => {
                  const failed = new Error('hidden');
                  Object.defineProperty(failed, 'message', { get() { throw new Error('unreadable'); } });
                  throw failed;
                };""");

        JsonNode error = functions.error("unreadable", "{}");

        assertThat(error.path("errorType").asText()).isEqualTo("handled");
        assertThat(error.path("trace").isArray()).isTrue();
    }

    @Test
    void anUnhandledRejectionIsTheOnlyAnswer() throws IOException {
        addOlder("late", """
                exports.handler = async () => {
                  const lost = Promise.reject(new Error('lost'));
                  await new Promise((done) => setTimeout(done, 5));
                  return lost.catch((failed) => failed.message);
                };""");

        assertError("late", "Runtime.UnhandledPromiseRejection", "Error: lost");
        assertError("late", "Runtime.UnhandledPromiseRejection", "Error: lost");
    }

    @Test
    void logsAreJsonOfALevelWhereTheFunctionsLogIsSo() throws IOException {
        Path code = functions.write("json", Map.of("index.js", """
                exports.handler = async () => {
                  console.debug('hidden');
                  console.log({ a: 1 });
                  console.error('failed %s', 'twice', new TypeError('bad'));
                };"""));
        functions.register(functions
                .config("json", "index.handler", code)
                .withEnvironment(Map.of("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", "INFO")));

        Invocation invocation = functions.invoke("json", "{}");
        List<String> output = functions.output(invocation);

        assertThat(output).hasSize(2);
        JsonNode first = InterpretedFunctions.JSON.readTree(output.get(0));
        assertThat(first.path("level").asText()).isEqualTo("INFO");
        assertThat(first.path("requestId").asText()).isEqualTo(invocation.requestId());
        assertThat(first.path("message").path("a").asInt()).isEqualTo(1);
        JsonNode second = InterpretedFunctions.JSON.readTree(output.get(1));
        assertThat(second.path("message").asText()).startsWith("failed twice TypeError: bad");
        assertThat(second.path("errorType").asText()).isEqualTo("TypeError");
    }
}
