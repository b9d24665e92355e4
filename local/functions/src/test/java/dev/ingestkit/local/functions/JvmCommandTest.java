package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class JvmCommandTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
    private static final FunctionConfig CONFIG = FunctionConfig.of(
            "writer", "arn:aws:lambda:us-east-1:000000000000:function:writer", Path.of("x.jar"), "a.B");

    private static JvmCommand command(FunctionConfig config, Map<String, Path> javaHomes) {
        FunctionRuntimeOptions options = FunctionRuntimeOptions.of(
                        "http://localhost:4566", "eu-west-1", new Journal(CLOCK))
                .withClock(CLOCK)
                .withIds(() -> new UUID(1, 2))
                .withJavaHomes(javaHomes);
        RuntimeJars jars = new RuntimeJars(Path.of("bootstrap.jar"), List.of());
        return new JvmCommand(options, jars, config, new TaskRoot(Path.of("task"), "hash"));
    }

    @Test
    void onlyThePathOfTheUsersEnvironmentReachesAFunction() {
        Map<String, String> users = Map.of(
                "PATH",
                "/bin",
                "AWS_PROFILE",
                "prod",
                "AWS_ACCESS_KEY_ID",
                "real",
                "HOME",
                "/home/me",
                "CLASSPATH",
                "x");
        Map<String, String> variables = command(CONFIG, Map.of()).environment(users, CLOCK);
        assertThat(variables)
                .containsEntry("PATH", "/bin")
                .containsEntry("AWS_ACCESS_KEY_ID", "local")
                .containsEntry("AWS_LAMBDA_LOG_STREAM_NAME", "2026/11/22/[$LATEST]00000000000000010000000000000002")
                .doesNotContainKeys("AWS_PROFILE", "HOME", "CLASSPATH", "_X_AMZN_TRACE_ID");
    }

    @Test
    void templateMaySetAnyVariableExceptThoseThatLambdaSets() {
        FunctionConfig config = CONFIG.withEnvironment(
                Map.of("JAVA_TOOL_OPTIONS", "-Xss512k", "AWS_ENDPOINT_URL", "http://other", "AWS_REGION", "mars-1"));
        assertThat(command(config, Map.of()).environment(Map.of(), CLOCK))
                .containsEntry("JAVA_TOOL_OPTIONS", "-Xss512k")
                .containsEntry("AWS_ENDPOINT_URL", "http://other")
                .containsEntry("AWS_REGION", "eu-west-1");
    }

    @Test
    void heapAndProcessorsFollowTheMemory() throws IOException {
        assertThat(command(CONFIG.withMemoryMegabytes(512), Map.of()).command())
                .contains("-Xmx435m", "-XX:ActiveProcessorCount=2", "-XX:TieredStopAtLevel=1");
        assertThat(command(CONFIG.withMemoryMegabytes(10_240), Map.of()).command())
                .contains("-Xmx8704m", "-XX:ActiveProcessorCount=6");
    }

    @Test
    void optionsOfTheTemplateReplaceTheDefaults() throws IOException {
        FunctionConfig config = CONFIG.withEnvironment(
                Map.of("JAVA_TOOL_OPTIONS", "-XX:-TieredCompilation -XX:+UseG1GC -Xmx300m -Xss512k"));
        assertThat(command(config, Map.of()).command())
                .contains("-XX:ActiveProcessorCount=2", "-Xshare:auto")
                .noneMatch(option -> option.startsWith("-Xm"))
                .doesNotContain("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    }

    @Test
    void aTemplateMayNameAnAotCache() throws IOException {
        FunctionConfig config =
                CONFIG.withEnvironment(Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTCache=/var/task/function.aot"));

        assertThat(command(config, Map.of()).command()).noneMatch(flag -> flag.startsWith("-Xshare"));
    }

    @Test
    void debuggerListensOnLoopbackOnly() throws IOException {
        assertThat(command(CONFIG.withDebugPort(5005), Map.of()).command())
                .contains("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:5005");
        assertThat(command(CONFIG, Map.of()).command()).noneMatch(option -> option.contains("jdwp"));
    }

    @Test
    void jdkIsChosenByTheRuntimesName() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        assertThat(command(CONFIG.withRuntime("java25"), Map.of("java25", own)).command())
                .startsWith(own.resolve("bin/java").toString());
        assertThatThrownBy(() ->
                        command(CONFIG, Map.of("java17", Path.of("/nowhere"))).command())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no JDK for runtime java17 of function writer");
    }

    @Test
    void functionIsFoundByNameAndByEachFormOfArn() {
        assertThat(List.of(
                                "writer",
                                "writer:live",
                                "000000000000:function:writer",
                                "arn:aws:lambda:us-east-1:000000000000:function:writer",
                                "arn:aws:lambda:us-east-1:000000000000:function:writer:$LATEST",
                                "function:live")
                        .stream()
                        .map(text -> FunctionReference.parse(text).name()))
                .containsExactly("writer", "writer", "writer", "writer", "writer", "live");
    }

    @Test
    void valuesOutsideLambdasRangesAreRefusedByName() {
        assertThatThrownBy(() -> CONFIG.withMemoryMegabytes(64))
                .hasMessageContaining("memory must be 128 to 10240 MB: 64");
        assertThatThrownBy(() -> CONFIG.withTimeout(Duration.ofSeconds(901)))
                .hasMessageContaining("at most 900 seconds");
        assertThatThrownBy(() -> CONFIG.withReservedConcurrency(-1)).hasMessageContaining("-1");
    }

    @Test
    void logTailIsTheLastFourKilobytesInWholeCharacters() {
        LogTail tail = new LogTail();
        for (int line = 0; line < 1_000; line++) {
            tail.add("línea " + line);
        }
        assertThat(tail.text()).endsWith("línea 999\n").doesNotContain("\uFFFD");
        assertThat(tail.text().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isBetween(4_093, 4_096);
    }
}
