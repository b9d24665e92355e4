package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The error of a start in the background, which its log holds. */
final class DetachedStartTest {

    /** Beyond the process ids that systems give. */
    private static final long NO_PROCESS = 2_000_000_000L;

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;

    private CliException failure(String log) throws IOException {
        return DetachedStart.failure(4, Files.writeString(folder.resolve("up.log"), log));
    }

    @Test
    void anErrorAsJsonBecomesOneError() throws IOException {
        CliException failure = failure("""
                warning: a line before
                {"error":{"code":"TEMPLATE","category":"ENVIRONMENT","message":"t.yaml:3: is wrong","cause":"c","hints":["h"]}}
                """);

        assertThat(failure.code()).isEqualTo("TEMPLATE");
        assertThat(failure.exit()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(failure.text()).isEqualTo("t.yaml:3: is wrong");
        assertThat(failure.reason()).contains("c");
        assertThat(failure.hints()).startsWith("h");
    }

    @Test
    void anErrorAsTextKeepsCauseAndHints() throws IOException {
        CliException failure = failure("error: t.yaml:3: is wrong\ncause: c\nhint:  h\n");

        assertThat(failure.text()).isEqualTo("t.yaml:3: is wrong");
        assertThat(failure.hints()).startsWith("h").last().asString().contains("up.log");
    }

    @Test
    void aLogWithoutAnErrorIsShown() throws IOException {
        assertThat(failure("killed\n").text()).isEqualTo("the runtime stopped during its start");
    }

    @Test
    void theLatestLogsOfStoppedRuntimesAreKept() throws IOException {
        for (int age = 1; age <= 8; age++) {
            log("up-4566-%d.log".formatted(NO_PROCESS + age), age);
        }

        DetachedStart.removeOldLogs(folder);

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "up-4566-%d.log".formatted(NO_PROCESS + 1),
                        "up-4566-%d.log".formatted(NO_PROCESS + 2),
                        "up-4566-%d.log".formatted(NO_PROCESS + 3),
                        "up-4566-%d.log".formatted(NO_PROCESS + 4),
                        "up-4566-%d.log".formatted(NO_PROCESS + 5));
    }

    @Test
    void logsOfRunningProcessesAndOtherFilesAreKeptHoweverOld() throws IOException {
        String running = "up-4566-%d.log".formatted(ProcessHandle.current().pid());
        log(running, 100);
        log("runtime-4566.json", 100);
        log("up-notes.log", 100);
        for (int age = 1; age <= 6; age++) {
            log("up-0-%d.log".formatted(NO_PROCESS + age), age);
        }

        DetachedStart.removeOldLogs(folder);

        assertThat(files())
                .contains(running, "runtime-4566.json", "up-notes.log")
                .hasSize(3 + 5)
                .doesNotContain("up-0-%d.log".formatted(NO_PROCESS + 6));
    }

    private void log(String name, int age) throws IOException {
        Files.setLastModifiedTime(
                Files.writeString(folder.resolve(name), name), FileTime.from(NOW.minus(age, ChronoUnit.HOURS)));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
