package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.functions.fixture.BrokenStatic;
import dev.ingestkit.local.functions.fixture.ExitingStatic;
import dev.ingestkit.local.functions.fixture.ScriptedHandler;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that, however a handler fails, its caller gets Lambda's error and the next invocation finds an intact
 * environment.
 */
final class FunctionFailureTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Journal JOURNAL = new Journal(Clock.systemUTC());

    @TempDir
    private static Path folder;

    private static Path jar;
    private static FunctionRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        jar = FixtureJar.write(folder.resolve("fixtures.jar"));
        runtime = new FunctionRuntime(FunctionRuntimeOptions.of("http://127.0.0.1:4566", "us-east-1", JOURNAL)
                .withTemporaryFolder(folder));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static FunctionConfig config(String name, Class<?> handler) {
        return FunctionConfig.of(name, "arn:aws:lambda:us-east-1:000000000000:function:" + name, jar, handler.getName())
                .withTimeout(Duration.ofSeconds(20));
    }

    private static CompletableFuture<Invocation> invoke(String function, String event) {
        return runtime.invoke(function, event.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode error(Invocation invocation) throws IOException {
        assertThat(invocation.error()).contains("Unhandled");
        return JSON.readTree(invocation.payload());
    }

    @Test
    void timedOutInvocationFailsAndTheNextFindsAFreshEnvironment() throws IOException {
        runtime.register(config("slow", ScriptedHandler.class).withTimeout(Duration.ofMillis(1_500)));
        assertThat(new String(invoke("slow", "{\"action\":\"calls\"}").join().payload(), StandardCharsets.UTF_8))
                .isEqualTo("1");
        Invocation invocation =
                invoke("slow", "{\"action\":\"wait\",\"millis\":60000}").join();
        assertThat(error(invocation))
                .isEqualTo(JSON.createObjectNode()
                        .put("errorType", "Sandbox.Timedout")
                        .put(
                                "errorMessage",
                                "RequestId: " + invocation.requestId() + " Error: Task timed out after 1.50 seconds"));
        assertThat(invocation.logTail())
                .contains(invocation.requestId() + " Task timed out after 1.50 seconds")
                .contains("Status: timeout");
        assertThat(new String(invoke("slow", "{\"action\":\"calls\"}").join().payload(), StandardCharsets.UTF_8))
                .isEqualTo("1");
        assertThat(Journals.of(JOURNAL, "slow")).contains("timed out");
    }

    @Test
    void otherInvocationsOfTheProcessFinishBeforeATimeoutStopsIt() throws IOException {
        runtime.register(
                config("shared", ScriptedHandler.class).withMemoryMegabytes(512).withTimeout(Duration.ofSeconds(3)));
        // Once it is running: the timeout counts from the handler's start, not from the process's.
        assertThat(invoke("shared", "{\"action\":\"echo\"}").join().error()).isEmpty();
        CompletableFuture<Invocation> hanging = invoke("shared", "{\"action\":\"wait\",\"millis\":60000}");
        // Starts well before the first one's timeout and ends well after it, well within its own.
        Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);
        CompletableFuture<Invocation> second = CompletableFuture.runAsync(() -> {}, later)
                .thenCompose(start -> invoke("shared", "{\"action\":\"wait\",\"millis\":2100}"));
        assertThat(hanging.join().error()).contains("Unhandled");
        assertThat(second).isNotDone();
        assertThat(second.join().error()).isEmpty();
    }

    @Test
    void exitOfTheProcessIsReportedAtOnceAndTheFunctionRunsAgain() throws IOException {
        runtime.register(config("leaving", ScriptedHandler.class));
        Invocation invocation =
                invoke("leaving", "{\"action\":\"exit\",\"status\":1}").join();
        JsonNode error = error(invocation);
        assertThat(error.path("errorType").asText()).isEqualTo("Runtime.ExitError");
        assertThat(error.path("errorMessage").asText())
                .isEqualTo("RequestId: " + invocation.requestId() + " Error: Runtime exited with error: exit status 1");
        assertThat(invoke("leaving", "{\"action\":\"echo\"}").join().error()).isEmpty();
    }

    @Test
    void killedProcessFailsItsInvocationsAndIsReplaced() throws IOException {
        runtime.register(config("victim", ScriptedHandler.class));
        assertThat(invoke("victim", "{\"action\":\"echo\"}").join().error()).isEmpty();
        long pid = runtime.processes("victim").get(0);
        CompletableFuture<Invocation> running = invoke("victim", "{\"action\":\"wait\",\"millis\":60000}");
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        assertThat(error(running.join()).path("errorMessage").asText()).endsWith("signal: killed");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(runtime.processes("victim")).isNotEmpty().doesNotContain(pid));
        assertThat(invoke("victim", "{\"action\":\"echo\"}").join().error()).isEmpty();
    }

    @Test
    void exhaustedHeapIsReportedAndTheEnvironmentReplaced() throws IOException {
        runtime.register(config("hungry", ScriptedHandler.class));
        invoke("hungry", "{\"action\":\"calls\"}").join();
        JsonNode error = error(invoke("hungry", "{\"action\":\"exhaust\"}").join());
        assertThat(error.path("errorType").asText()).isEqualTo("java.lang.OutOfMemoryError");
        assertThat(new String(invoke("hungry", "{\"action\":\"calls\"}").join().payload(), StandardCharsets.UTF_8))
                .isEqualTo("1");
    }

    @Test
    void answerOverLambdasLimitIsAnError() throws IOException {
        runtime.register(config("large", ScriptedHandler.class).withMemoryMegabytes(512));
        JsonNode error =
                error(invoke("large", "{\"action\":\"large\",\"size\":6291600}").join());
        assertThat(error.path("errorType").asText()).isEqualTo("Function.ResponseSizeTooLarge");
        Invocation allowed =
                invoke("large", "{\"action\":\"large\",\"size\":6000000}").join();
        assertThat(allowed.payload()).hasSize(6_000_002);
    }

    @Test
    void eventOverLambdasLimitNeverReachesTheHandler() throws IOException {
        runtime.register(config("small", ScriptedHandler.class));
        assertThatThrownBy(() -> runtime.invoke("small", new byte[6_291_457]).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        InvokeRejectedException.class,
                        rejected -> assertThat(rejected.reason())
                                .isEqualTo(InvokeRejectedException.Reason.PAYLOAD_TOO_LARGE));
    }

    @Test
    void answerThatCannotBeWrittenIsAnError() throws IOException {
        runtime.register(config("mute", ScriptedHandler.class));
        JsonNode error = error(invoke("mute", "{\"action\":\"unserializable\"}").join());
        assertThat(error.path("errorMessage").asText()).contains("JSON");
    }

    @Test
    void missingHandlerClassIsNamed() throws IOException {
        runtime.register(
                FunctionConfig.of("absent", "arn:aws:lambda:us-east-1:000000000000:function:absent", jar, "no.Such"));
        JsonNode error = error(invoke("absent", "{}").join());
        assertThat(error.path("errorMessage").asText()).isEqualTo("Class not found: no.Such");
        assertThat(error.path("errorType").asText()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(error(invoke("absent", "{}").join()).path("errorMessage").asText())
                .isEqualTo("Class not found: no.Such");
    }

    @Test
    void missingHandlerMethodIsNamed() throws IOException {
        runtime.register(FunctionConfig.of(
                "methodless",
                "arn:aws:lambda:us-east-1:000000000000:function:methodless",
                jar,
                ScriptedHandler.class.getName() + "::noSuch"));
        assertThat(error(invoke("methodless", "{}").join()).path("errorMessage").asText())
                .contains("noSuch");
    }

    @Test
    void failingStaticInitializerIsReported() throws IOException {
        runtime.register(config("broken", BrokenStatic.class));
        Invocation invocation = invoke("broken", "{}").join();
        assertThat(error(invocation).path("errorMessage").asText()).contains(BrokenStatic.class.getName());
    }

    @Test
    void exitWhileLoadingIsReported() throws IOException {
        runtime.register(config("exiting", ExitingStatic.class));
        assertThat(error(invoke("exiting", "{}").join()).path("errorMessage").asText())
                .endsWith("Runtime exited with error: exit status 3");
    }

    @Test
    void processThatCannotStartRejectsAndIsNotStartedAgainAtOnce() throws IOException {
        runtime.register(config("misconfigured", ScriptedHandler.class)
                .withEnvironment(java.util.Map.of("JAVA_TOOL_OPTIONS", "-XX:+NoSuchFlag")));
        assertThatThrownBy(() -> invoke("misconfigured", "{}").join())
                .cause()
                .isInstanceOfSatisfying(
                        InvokeRejectedException.class,
                        rejected ->
                                assertThat(rejected.reason()).isEqualTo(InvokeRejectedException.Reason.START_FAILED))
                .hasMessageContaining("NoSuchFlag");
        // Each failure doubles the pause, so one of the next calls meets it.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatThrownBy(
                                () -> invoke("misconfigured", "{}").join())
                        .hasMessageContaining("next attempt in")
                        .hasMessageContaining("NoSuchFlag"));
    }

    @Test
    void unknownFunctionIsRejected() throws IOException {
        assertThatThrownBy(() -> invoke("nobody", "{}").join())
                .cause()
                .isInstanceOfSatisfying(
                        InvokeRejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(InvokeRejectedException.Reason.NOT_FOUND));
    }

    @Test
    void invocationsBeyondTheReservedConcurrencyAreThrottled() throws IOException {
        runtime.register(config("reserved", ScriptedHandler.class).withReservedConcurrency(1));
        CompletableFuture<Invocation> first = invoke("reserved", "{\"action\":\"wait\",\"millis\":500}");
        assertThatThrownBy(() -> invoke("reserved", "{\"action\":\"echo\"}").join())
                .cause()
                .isInstanceOfSatisfying(
                        InvokeRejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(InvokeRejectedException.Reason.THROTTLED));
        assertThat(first.join().error()).isEmpty();
        assertThat(invoke("reserved", "{\"action\":\"echo\"}").join().error()).isEmpty();
    }
}
