package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The error of a start in the background, which its log holds. */
final class DetachedStartTest {

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
}
