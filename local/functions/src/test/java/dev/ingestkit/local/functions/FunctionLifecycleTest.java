package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.FaultStage;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionLog.Line;
import dev.ingestkit.local.functions.fixture.ScriptedHandler;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Covers the life cycle of processes, environments and directories. */
final class FunctionLifecycleTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    @TempDir
    private Path folder;

    private FunctionRuntimeOptions options() {
        return FunctionRuntimeOptions.of("http://127.0.0.1:4566", "us-east-1", new Journal(Clock.systemUTC()))
                .withTemporaryFolder(folder);
    }

    private FunctionConfig scripted() {
        Path jar = FixtureJar.write(folder.resolve("fixtures.jar"));
        return FunctionConfig.of("scripted", ARN + "scripted", jar, ScriptedHandler.class.getName())
                .withTimeout(Duration.ofSeconds(30));
    }

    private static CompletableFuture<Invocation> invoke(FunctionRuntime runtime, String event) {
        return runtime.invoke("scripted", event.getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("ingest-functions-"))
                    .toList();
        }
    }

    @Test
    void closingLeavesNoProcessAndNoDirectory() throws IOException {
        FunctionRuntime runtime = new FunctionRuntime(options());
        runtime.register(scripted());
        assertThat(invoke(runtime, "{\"action\":\"echo\"}").join().error()).isEmpty();
        CompletableFuture<Invocation> running = invoke(runtime, "{\"action\":\"wait\",\"millis\":60000}");
        List<Long> processes = runtime.processes("scripted");
        assertThat(processes).isNotEmpty();
        runtime.close();
        assertThat(processes)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
        assertThat(leftovers()).isEmpty();
        assertThat(running.join().failed()).isTrue();
        assertThatThrownBy(() -> runtime.register(scripted())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void directoriesOfAKilledRuntimeAreDeletedByTheNext() throws Exception {
        Process dead = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .start();
        dead.waitFor();
        Path leftover = Files.createDirectories(folder.resolve("ingest-functions-" + dead.pid() + "-1/task"));
        try (FunctionRuntime runtime = new FunctionRuntime(options())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(leftover));
            assertThat(runtime.functions()).isEmpty();
        }
    }

    @Test
    void waitingInvocationsOpenMoreEnvironmentsUpToTheLimit() throws IOException {
        try (FunctionRuntime runtime = new FunctionRuntime(options().withMaximumConcurrency(3))) {
            runtime.register(scripted().withMemoryMegabytes(256));
            List<CompletableFuture<Invocation>> all = IntStream.range(0, 9)
                    .mapToObj(n -> invoke(runtime, "{\"action\":\"wait\",\"millis\":600}"))
                    .toList();
            assertThat(all).allSatisfy(one -> assertThat(one.join().error()).isEmpty());
            // 256 MB hold two environments, so the third has a process of its own.
            assertThat(runtime.processes("scripted")).hasSize(2);
        }
    }

    @Test
    void everyInvocationCompletesHoweverOftenTheProcessIsKilled() throws Exception {
        try (FunctionRuntime runtime = new FunctionRuntime(options())) {
            runtime.register(scripted().withMemoryMegabytes(512));
            int answered = 0;
            int killed = 0;
            int rejected = 0;
            for (int round = 0; round < 4; round++) {
                List<CompletableFuture<Invocation>> all = IntStream.range(0, 200)
                        .mapToObj(n -> invoke(runtime, "{\"action\":\"wait\",\"millis\":1}"))
                        .toList();
                assertThat(all.get(20).handle(FunctionLifecycleTest::outcome).get(30, TimeUnit.SECONDS))
                        .isNotEmpty();
                runtime.processes("scripted")
                        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
                for (CompletableFuture<Invocation> one : all) {
                    String outcome = one.handle(FunctionLifecycleTest::outcome).get(30, TimeUnit.SECONDS);
                    answered += outcome.equals("answered") ? 1 : 0;
                    killed += outcome.contains("signal: killed") ? 1 : 0;
                    // A process killed before it was ready rejects the waiting invocations: they never ran, so they are
                    // safe to repeat.
                    rejected += outcome.contains("did not start") || outcome.contains("exited at start") ? 1 : 0;
                }
            }
            assertThat(answered + killed + rejected).isEqualTo(800);
            assertThat(killed).isPositive();
            assertThat(answered).isPositive();
        }
    }

    private static String outcome(@Nullable Invocation invocation, @Nullable Throwable refused) {
        if (invocation == null) {
            return String.valueOf(refused);
        }
        return invocation.failed() ? new String(invocation.payload(), StandardCharsets.UTF_8) : "answered";
    }

    @Test
    void logListenerReceivesTheOutputOfFunctions() throws IOException {
        List<Line> lines = new CopyOnWriteArrayList<>();
        try (FunctionRuntime runtime = new FunctionRuntime(options().withLog(lines::add))) {
            runtime.register(scripted());
            Invocation invocation = invoke(runtime, "{\"action\":\"print\"}").join();
            String id = invocation.requestId();
            assertThat(lines)
                    .contains(
                            new Line("scripted", id, FunctionLog.Source.STDOUT, "to standard output"),
                            new Line("scripted", id, FunctionLog.Source.LOGGER, "by the logger"),
                            new Line(
                                    "scripted",
                                    id,
                                    FunctionLog.Source.STDERR,
                                    "to standard error, without a line's end"));
        }
    }

    @Test
    void debuggerPortAnswersAndTheTimeoutIsNotEnforced() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (FunctionRuntime runtime = new FunctionRuntime(options())) {
            runtime.register(scripted().withDebugPort(port).withTimeout(Duration.ofMillis(200)));
            CompletableFuture<Invocation> slow = invoke(runtime, "{\"action\":\"wait\",\"millis\":700}");
            assertThat(slow.join().error()).isEmpty();
            try (Socket debugger = new Socket(InetAddress.getLoopbackAddress(), port)) {
                byte[] handshake = "JDWP-Handshake".getBytes(StandardCharsets.US_ASCII);
                debugger.getOutputStream().write(handshake);
                assertThat(debugger.getInputStream().readNBytes(handshake.length))
                        .isEqualTo(handshake);
            }
            runtime.replace(scripted().withDebugPort(port).withMemoryMegabytes(256));
            // The new configuration takes over when its handler has loaded without the port.
            await().untilAsserted(() -> assertThat(
                            invoke(runtime, "{\"action\":\"echo\"}").join().logTail())
                    .contains("Memory Size: 256 MB"));
        }
    }

    @Test
    void eachFaultHasItsEffect() throws IOException {
        AtomicReference<Optional<Faults.Fault>> next = new AtomicReference<>(Optional.empty());
        Faults faults = (stage, target) ->
                stage == FaultStage.FUNCTION_INVOKE ? next.getAndSet(Optional.empty()) : Optional.empty();
        try (FunctionRuntime runtime = new FunctionRuntime(options().withFaults(faults))) {
            runtime.register(scripted().withTimeout(Duration.ofMillis(1_500)));
            assertThat(faulty(runtime, next, FaultKind.THROTTLE, "{\"action\":\"calls\"}"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("Rate Exceeded");
            assertThat(faulty(runtime, next, FaultKind.ERROR, "{\"action\":\"calls\"}"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("the service failed");
            assertThat(answer(faulty(runtime, next, FaultKind.DELAY, "{\"action\":\"calls\"}")))
                    .isEqualTo("1");
            assertThat(answer(faulty(runtime, next, FaultKind.DUPLICATE, "{\"action\":\"calls\"}")))
                    .isEqualTo("2");
            assertThat(answer(invoke(runtime, "{\"action\":\"calls\"}"))).isEqualTo("4");
            assertThat(faulty(runtime, next, FaultKind.DROP, "{\"action\":\"calls\"}"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("the answer was lost");
            assertThat(answer(invoke(runtime, "{\"action\":\"calls\"}"))).isEqualTo("6");
            assertThat(answer(faulty(runtime, next, FaultKind.TIMEOUT, "{\"action\":\"calls\"}")))
                    .contains("Task timed out after 1.50 seconds");
            assertThat(answer(faulty(runtime, next, FaultKind.CRASH, "{\"action\":\"wait\",\"millis\":60000}")))
                    .contains("signal: killed");
            assertThat(answer(invoke(runtime, "{\"action\":\"calls\"}"))).isEqualTo("1");
        }
    }

    private static CompletableFuture<Invocation> faulty(
            FunctionRuntime runtime, AtomicReference<Optional<Faults.Fault>> next, FaultKind kind, String event) {
        next.set(Optional.of(new Faults.Fault(kind, Duration.ofMillis(20))));
        return invoke(runtime, event);
    }

    private static String answer(CompletableFuture<Invocation> invocation) {
        return new String(invocation.join().payload(), StandardCharsets.UTF_8);
    }

    @Test
    void faultAtStartRejectsAndTheNextStartWorks() throws IOException {
        AtomicReference<Optional<Faults.Fault>> next =
                new AtomicReference<>(Optional.of(new Faults.Fault(FaultKind.ERROR, Duration.ZERO)));
        Faults faults = (stage, target) ->
                stage == FaultStage.FUNCTION_START ? next.getAndSet(Optional.empty()) : Optional.empty();
        try (FunctionRuntime runtime = new FunctionRuntime(options().withFaults(faults))) {
            runtime.register(scripted());
            assertThat(invoke(runtime, "{\"action\":\"calls\"}"))
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(InvokeRejectedException.class);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(answer(invoke(runtime, "{\"action\":\"calls\"}")))
                            .isEqualTo("1"));
        }
    }

    @Test
    void missingCodeIsRefused() throws IOException {
        try (FunctionRuntime runtime = new FunctionRuntime(options())) {
            Path missing = folder.resolve("missing.jar");
            assertThatThrownBy(() -> runtime.register(FunctionConfig.of("absent", ARN + "absent", missing, "a.B")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing.jar");
        }
    }

    @Test
    void handlersInThisProcessAnswerAsInAProcessOfTheirOwn() throws IOException {
        try (InProcessFunctions functions = new InProcessFunctions(options())) {
            functions.register(scripted());
            FunctionConfig second = FunctionConfig.of(
                    "second", ARN + "second", scripted().code().path(), "no.Such");
            functions.register(second);
            byte[] event = "{\"action\":\"calls\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(answer(functions.invoke("scripted", event))).isEqualTo("1");
            assertThat(answer(functions.invoke(ARN + "scripted", event))).isEqualTo("2");
            Invocation thrown = functions
                    .invoke("scripted", "{\"action\":\"throw\"}".getBytes(StandardCharsets.UTF_8))
                    .join();
            assertThat(thrown.error()).contains("Unhandled");
            assertThat(thrown.logTail()).contains("broken on purpose");
            assertThat(answer(functions.invoke("second", event))).contains("Class not found: no.Such");
        }
        assertThat(leftovers()).isEmpty();
    }
}
