package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.fixture.FailingHandlers;
import dev.ingestkit.local.functions.fixture.InputHandlers;
import dev.ingestkit.local.functions.fixture.MeetingHandler;
import dev.ingestkit.local.journal.Journal;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.joda.time.DateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * Runs the same handlers here and in a process of Lambda's own client, which takes its events from a runtime API of this
 * test, and compares the answers. The client is native to Linux.
 */
@EnabledOnOs(OS.LINUX)
final class RuntimeClientTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final String CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";
    private static final int SECONDS = 30;
    private static final AtomicInteger FUNCTIONS = new AtomicInteger();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Path code;
    private static FunctionRuntime runtime;
    private static String classPath;

    @BeforeAll
    static void start() throws IOException {
        code = FixtureJar.write(folder.resolve("fixtures.jar"), KinesisEvent.class, DateTime.class);
        runtime = new FunctionRuntime(
                FunctionRuntimeOptions.of("http://127.0.0.1:4566", "eu-central-1", new Journal(Clock.systemUTC()))
                        .withTemporaryFolder(Files.createDirectory(folder.resolve("functions"))));
        List<String> path = new ArrayList<>();
        RuntimeJars.extract(folder.resolve("client")).environment().forEach(jar -> path.add(jar.toString()));
        path.add(FixtureJar.location(SdkInternalThreadLocal.class).toString());
        path.add(code.toString());
        classPath = String.join(File.pathSeparator, path);
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    /** Returns handlers, each with its events; after an event that ends the client's process none may follow. */
    static Stream<Arguments> handlers() {
        String inputs = InputHandlers.class.getName() + "::";
        String failures = FailingHandlers.class.getName() + "::";
        String nested = FailingHandlers.class.getName() + "$";
        return Stream.of(
                Arguments.of(inputs + "record", List.of("{\"name\":\"a\",\"count\":3}", "{\"more\":1}", "[]", "{")),
                Arguments.of(inputs + "recordResult", List.of("{\"a\":1}")),
                Arguments.of(
                        inputs + "note",
                        List.of(
                                "{\"at\":\"2026-01-02T03:04:05Z\",\"text\":\"hi\"}",
                                "{\"at\":1767323045.5,\"text\":null}",
                                "{\"at\":\"never\"}")),
                Arguments.of(inputs + "nothing", List.of("{}", "{\"fail\":1}")),
                Arguments.of(inputs + "nullResult", List.of("{}")),
                Arguments.of(inputs + "sum", List.of("[1,2]", "[1.9]", "{}")),
                Arguments.of(inputs + "text", List.of("\"a\"", "1", "\"a\\\"b\"")),
                Arguments.of(inputs + "overloaded", List.of("{}")),
                Arguments.of(inputs + "missing", List.of("{}")),
                Arguments.of(failures + "hidden", List.of("\"a\"")),
                Arguments.of(failures + "checked", List.of("{}", "{\"a\":1}")),
                Arguments.of(failures + "assertion", List.of("{}")),
                Arguments.of(failures + "period", List.of("{\"day\":\"2026-01-02\",\"length\":\"PT1H\"}")),
                Arguments.of(failures + "made", List.of("\"2026-01-02\"", "\"no day\"")),
                Arguments.of(failures + "not", List.of("true", "\"text\"")),
                Arguments.of(failures + "unit", List.of("\"SECONDS\"", "\"PARSECS\"", "1")),
                Arguments.of(nested + "Streams", List.of("{\"a\":1}", "\"\"", "\"fail\"")),
                Arguments.of(nested + "Hidden::handle", List.of("\"a\"")),
                Arguments.of(nested + "Unconstructible::handle", List.of("\"a\"")),
                Arguments.of("dev.ingestkit.Missing::handle", List.of("\"a\"")));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void handlersAnswerAsInLambdasClient(String handler, List<String> events) throws Exception {
        List<Answer> here = new ArrayList<>();
        String function = register(handler, Map.of());
        for (String event : events) {
            here.add(Answer.of(invoke(function, event).join()));
        }

        assertThat(here).isEqualTo(byClient(handler, events, Map.of()));
    }

    @Test
    void oneInstanceServesConcurrentInvocationsAsInLambdasClient() throws Exception {
        List<String> events = Collections.nCopies(4, "{\"meet\":true}");
        String function = register(MeetingHandler.class.getName(), Map.of(CONCURRENCY, "4"));
        List<Answer> here = events.stream().map(event -> invoke(function, event)).toList().stream()
                .map(CompletableFuture::join)
                .map(Answer::of)
                .toList();

        assertThat(here).containsOnly(new Answer("response", "{\"instances\":1,\"trace\":\"null\"}"));
        assertThat(here).isEqualTo(byClient(MeetingHandler.class.getName(), events, Map.of(CONCURRENCY, "4")));
    }

    @Test
    void anErrorInOneOfSeveralInvocationsEndsNothingElse() throws Exception {
        List<String> events = List.of("{\"overflow\":true}", "{}");
        String function = register(MeetingHandler.class.getName(), Map.of(CONCURRENCY, "1"));
        List<Answer> here = List.of(
                Answer.of(invoke(function, events.get(0)).join()),
                Answer.of(invoke(function, events.get(1)).join()));

        assertThat(here.get(0).text()).startsWith("java.lang.StackOverflowError");
        assertThat(here.get(1).text()).startsWith("{\"instances\":1");
        assertThat(here).isEqualTo(byClient(MeetingHandler.class.getName(), events, Map.of(CONCURRENCY, "1")));
    }

    @Test
    void aConcurrencyThatIsNotANumberEndsTheProcess() throws IOException {
        String function = register(MeetingHandler.class.getName(), Map.of(CONCURRENCY, "many"));

        assertThat(invoke(function, "{}"))
                .failsWithin(Duration.ofSeconds(SECONDS))
                .withThrowableThat()
                .withMessageContaining("AWS_LAMBDA_MAX_CONCURRENCY is not a number: many");
    }

    /**
     * An answer as far as it is the same in both: an error object without the lines of its stack trace, which name each
     * client's own classes.
     */
    private record Answer(String kind, String text) {

        static Answer of(Invocation invocation) {
            String payload = new String(invocation.payload(), StandardCharsets.UTF_8);
            return invocation.failed() ? error(payload) : new Answer("response", payload);
        }

        static Answer of(RuntimeApi.Posted posted) {
            return posted.kind().equals("response") ? new Answer("response", posted.body()) : error(posted.body());
        }

        private static Answer error(String body) {
            try {
                JsonNode error = MAPPER.readTree(body);
                return new Answer(
                        "error",
                        error.path("errorType").asText() + ": "
                                + error.path("errorMessage").asText());
            } catch (IOException notJson) {
                return new Answer("error", body);
            }
        }
    }

    private static String register(String handler, Map<String, String> variables) throws IOException {
        String name = "f" + FUNCTIONS.incrementAndGet();
        runtime.register(FunctionConfig.of(name, ARN + name, code, handler)
                .withMemoryMegabytes(512)
                .withEnvironment(variables)
                .withTimeout(Duration.ofSeconds(SECONDS)));
        return name;
    }

    private static CompletableFuture<Invocation> invoke(String function, String event) {
        return runtime.invoke(function, event.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the answers of Lambda's own client in the order of the events. */
    private static List<Answer> byClient(String handler, List<String> events, Map<String, String> variables)
            throws IOException, InterruptedException {
        try (RuntimeApi api = new RuntimeApi(events)) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath,
                    "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                    handler);
            builder.environment().putAll(variables);
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            builder.environment().put("_HANDLER", handler);
            builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
            Path log = Files.createTempFile(folder, "client", ".log");
            Process client = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                RuntimeApi.Posted[] posted = new RuntimeApi.Posted[events.size()];
                for (int i = 0; i < posted.length; i++) {
                    posted[i] = posted(api, client, log);
                }
                Arrays.sort(posted, Comparator.comparingInt(RuntimeApi.Posted::number));
                return Arrays.stream(posted).map(Answer::of).toList();
            } finally {
                client.destroyForcibly().waitFor();
            }
        }
    }

    private static RuntimeApi.Posted posted(RuntimeApi api, Process client, Path log) throws InterruptedException {
        RuntimeApi.@Nullable Posted next = null;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        boolean alive = true;
        while (next == null && alive && System.nanoTime() < end) {
            alive = client.isAlive();
            next = api.posted().poll(alive ? 1 : 0, TimeUnit.SECONDS);
        }
        if (next == null) {
            throw new AssertionError("the client posted nothing: " + text(log));
        }
        return next;
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
