package dev.ingestkit.cli.command.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuntimeArchiveTest {

    @Test
    void jdk17WritesTheArchiveItself() {
        assertThat(RuntimeArchive.flags("/cache/runtime.new.1", 17))
                .startsWith("-XX:ArchiveClassesAtExit=/cache/runtime.new.1");
    }

    @Test
    void jdk25RecordsWhatAnAotCacheNeeds() {
        assertThat(RuntimeArchive.flags("/cache/runtime.new.1", 25))
                .startsWith("-XX:AOTMode=record", "-XX:AOTConfiguration=/cache/runtime.new.1");
    }

    @Test
    void thisJvmAcceptsTheFlagsSilently(@TempDir Path directory) throws IOException, InterruptedException {
        Path archive = directory.resolve("archive");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder();
        builder.command().add(java.toString());
        builder.command()
                .addAll(RuntimeArchive.flags(
                        archive.toString(), Runtime.version().feature()));
        builder.command().add("--version");
        Process process = builder.redirectErrorStream(true).start();

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output).doesNotContainIgnoringCase("archive", "configuration", "warning");
    }
}
