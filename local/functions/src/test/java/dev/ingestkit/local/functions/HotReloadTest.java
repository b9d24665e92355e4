package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a build's new code is adopted while the function runs, and that code that cannot run is not. */
final class HotReloadTest {

    private static final Journal JOURNAL = new Journal(Clock.systemUTC());

    @TempDir
    private static Path folder;

    private static FunctionRuntime runtime;

    @BeforeAll
    static void start() throws IOException {
        runtime = new FunctionRuntime(FunctionRuntimeOptions.of("http://127.0.0.1:4566", "us-east-1", JOURNAL)
                .withTemporaryFolder(folder));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private static void register(String name, Path code) throws IOException {
        runtime.register(FunctionConfig.of(
                        name, "arn:aws:lambda:us-east-1:000000000000:function:" + name, code, SourceJar.HANDLER)
                .withTimeout(Duration.ofSeconds(30)));
    }

    private static CompletableFuture<String> greet(String function, String name) {
        return runtime.invoke(function, ('"' + name + '"').getBytes(StandardCharsets.UTF_8))
                .thenApply(invocation -> new String(invocation.payload(), StandardCharsets.UTF_8));
    }

    @Test
    void newJarTakesOverWithoutFailingRunningInvocations() throws IOException {
        Path gate = folder.resolve("gate");
        Path jar = folder.resolve("greeter.jar");
        Files.write(jar, SourceJar.jar(folder.resolve("first"), "Hello"));
        register("jar", jar);
        assertThat(greet("jar", "Ann").join()).isEqualTo("\"Hello Ann\"");
        CompletableFuture<String> running = greet("jar", gate.toString());
        Files.write(jar, SourceJar.jar(folder.resolve("second"), "Welcome"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(greet("jar", "Ann").join()).isEqualTo("\"Welcome Ann\""));
        assertThat(running).isNotDone();
        Files.createFile(gate);
        assertThat(running.join()).isEqualTo("\"Hello " + gate + '"');
        assertThat(Journals.of(JOURNAL, "jar")).contains("reloaded");
    }

    @Test
    void classesOfARunningFunctionStayWhileABuildEmptiesTheirDirectory() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("classes"), "Hello");
        register("folder", classes);
        assertThat(greet("folder", "Ann").join()).isEqualTo("\"Hello Ann\"");
        TaskRoot.delete(classes);
        assertThat(greet("folder", "Ben").join()).isEqualTo("\"Hello Ben\"");
        SourceJar.classes(classes, "Welcome");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(greet("folder", "Ann").join()).isEqualTo("\"Welcome Ann\""));
    }

    @Test
    void brokenJarKeepsTheOldVersionUntilAnIntactOneArrives() throws IOException {
        Path jar = folder.resolve("fragile.jar");
        byte[] good = SourceJar.jar(folder.resolve("third"), "Hello");
        Files.write(jar, good);
        register("fragile", jar);
        assertThat(greet("fragile", "Ann").join()).isEqualTo("\"Hello Ann\"");
        Files.write(jar, Arrays.copyOf(good, good.length / 2));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Journals.of(JOURNAL, "fragile")).contains("reload failed"));
        assertThat(greet("fragile", "Ann").join()).isEqualTo("\"Hello Ann\"");
        Files.write(jar, SourceJar.jar(folder.resolve("fourth"), "Welcome"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(greet("fragile", "Ann").join()).isEqualTo("\"Welcome Ann\""));
    }

    @Test
    void versionWhoseHandlerIsMissingKeepsTheOldOne() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("partial"), "Hello");
        register("partial", classes);
        assertThat(greet("partial", "Ann").join()).isEqualTo("\"Hello Ann\"");
        Files.writeString(classes.resolve("only.txt"), "no class");
        Files.delete(classes.resolve("app/Greeter.class"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Journals.of(JOURNAL, "partial")).contains("reload failed"));
        assertThat(greet("partial", "Ann").join()).isEqualTo("\"Hello Ann\"");
    }

    @Test
    void oldCodeThatIsBuiltAgainIsCurrent() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("restored"), "Hello");
        register("restored", classes);
        assertThat(greet("restored", "Ann").join()).isEqualTo("\"Hello Ann\"");
        Path handler = classes.resolve("app/Greeter.class");
        byte[] code = Files.readAllBytes(handler);
        Files.write(handler, new byte[1]);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(health("restored").code()).isEqualTo(FunctionHealth.Code.REJECTED));

        Files.write(handler, code);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(health("restored").code()).isEqualTo(FunctionHealth.Code.CURRENT));
        assertThat(greet("restored", "Ann").join()).isEqualTo("\"Hello Ann\"");
    }

    @Test
    void replacedConfigurationIsSeenByLaterInvocations() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("replaced"), "Hello");
        register("replaced", classes);
        assertThat(greet("replaced", "Ann").join()).isEqualTo("\"Hello Ann\"");
        runtime.replace(runtime.function("replaced").orElseThrow().withMemoryMegabytes(256));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Invocation invocation = runtime.invoke("replaced", "\"Ann\"".getBytes(StandardCharsets.UTF_8))
                    .join();
            assertThat(invocation.logTail()).contains("Memory Size: 256 MB");
        });
    }

    @Test
    void codeThatDoesNotLoadChangesNothingUnderADebugger() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("debugged"), "Hello");
        runtime.register(FunctionConfig.of(
                        "debugged", "arn:aws:lambda:us-east-1:0:function:debugged", classes, SourceJar.HANDLER)
                .withDebugPort(freePort()));
        assertThat(greet("debugged", "Ann").join()).isEqualTo("\"Hello Ann\"");
        List<Long> before = runtime.processes("debugged");
        Files.writeString(classes.resolve("only.txt"), "no class");
        Files.delete(classes.resolve("app/Greeter.class"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(health("debugged").code()).isEqualTo(FunctionHealth.Code.REJECTED));
        assertThat(health("debugged").codeError().orElseThrow()).contains("app.Greeter");
        assertThat(greet("debugged", "Ann").join()).isEqualTo("\"Hello Ann\"");
        assertThat(runtime.processes("debugged")).containsAll(before);

        SourceJar.classes(classes, "Welcome");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(greet("debugged", "Ann").join()).isEqualTo("\"Welcome Ann\""));
        assertThat(health("debugged").code()).isEqualTo(FunctionHealth.Code.CURRENT);
        assertThat(runtime.function("debugged").orElseThrow().debugged()).isTrue();
    }

    @Test
    void handlerThatCannotBeLoadedShowsBeforeAnyInvocation() throws IOException {
        Path classes = SourceJar.classes(folder.resolve("misspelled"), "Hello");
        runtime.register(FunctionConfig.of(
                "misspelled", "arn:aws:lambda:us-east-1:0:function:misspelled", classes, "app.Greetre::greet"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(health("misspelled").error().orElse("")).contains("Class not found: app.Greetre"));
    }

    private static FunctionHealth health(String function) {
        return runtime.health(function).orElseThrow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
