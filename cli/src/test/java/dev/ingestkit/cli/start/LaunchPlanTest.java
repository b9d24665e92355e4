package dev.ingestkit.cli.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaunchPlanTest {

    private static final Path HOME = Path.of("kit").toAbsolutePath();

    @TempDir
    Path directory;

    private static LaunchPlan plan(Map<String, String> variables, String... arguments) {
        return LaunchPlan.of(List.of(arguments), HOME, "111", variables);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "demo", "table"})
    void aRuntimeGetsItsOwnJvm(String command) {
        LaunchPlan plan = plan(Map.of(), command, "--port", "0");

        assertThat(plan.ownJvm()).isTrue();
        assertThat(plan.command(Path.of("java"), "tool.jar", "Main", List.of(command)))
                .startsWith("java")
                .containsAll(plan.flags())
                .endsWith("-cp", "tool.jar", "Main", command);
    }

    @Test
    void otherCommandsRunInTheJvmOfTheScript() {
        assertThat(plan(Map.of(), "status").ownJvm()).isFalse();
        assertThat(plan(Map.of()).ownJvm()).isFalse();
    }

    @Test
    void theToolReceivesItsHomeAndTerminal() {
        assertThat(plan(Map.of(), "status").environment())
                .containsEntry("INGEST_HOME", HOME.toString())
                .containsEntry("INGEST_HOME_BY_LAUNCHER", "1")
                .containsEntry("INGEST_TTY", "111")
                .containsEntry("INGEST_COMMAND", "ingest-cli");
    }

    @Test
    void variablesOfTheUserWin() {
        assertThat(plan(Map.of("INGEST_HOME", "other", "INGEST_TTY", "010"), "status")
                        .environment())
                .containsOnlyKeys("INGEST_COMMAND");
    }

    @Test
    void aRuntimeHasTheFlagsOfTheOtherLauncher() throws IOException {
        String launcher = Files.readString(Path.of("../ingest-cli"));

        assertThat(launcher).contains(LaunchPlan.RUNTIME_FLAGS);
    }

    @Test
    void theJarIsCopiedOnceForEachBuild() throws IOException {
        Path jar = Files.writeString(directory.resolve("ingest-cli.jar"), "first");
        Path cache = directory.resolve("cache");

        String first = Start.copied(jar, cache);
        assertThat(Path.of(first)).hasContent("first").startsWith(cache);
        assertThat(Start.copied(jar, cache)).isEqualTo(first);

        Files.writeString(jar, "again");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(1));
        assertThat(Path.of(Start.copied(jar, cache))).hasContent("again").isNotEqualTo(Path.of(first));
    }

    @Test
    void withoutACacheTheJarRunsWhereItIs() throws IOException {
        Path jar = Files.writeString(directory.resolve("ingest-cli.jar"), "jar");

        assertThat(Start.copied(jar, jar)).isEqualTo(jar.toString());
    }

    @Test
    void windowsHasItsOwnCache() {
        assertThat(Start.cache(Map.of("LOCALAPPDATA", "local"))).isEqualTo(Path.of("local", "ingest-kit"));
    }
}
