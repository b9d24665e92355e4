package dev.ingestkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaded classes are most of the start-up cost; each test counts them in a JVM of its own. */
final class StartUpTest {

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "send --help", "status --help"})
    void shortCommandsLoadNeitherSdkNorRuntime(String arguments) throws Exception {
        List<String> loaded = classes(arguments.split(" "));

        assertThat(loaded).contains("dev.ingestkit.cli.IngestCli");
        assertThat(loaded)
                .noneMatch(name -> name.startsWith("software.amazon.awssdk.core")
                        || name.startsWith("software.amazon.awssdk.services")
                        || name.contains(".netty.")
                        || name.startsWith("dev.ingestkit.local"));
    }

    @Test
    void helpLoadsNoCommandAndNoJson() throws Exception {
        List<String> loaded = classes("--help");

        assertThat(loaded).noneMatch(name -> name.endsWith("Command") && name.startsWith("dev.ingestkit"));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.fasterxml.jackson.databind"));
    }

    private static List<String> classes(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout:none",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        process.waitFor();
        return lines;
    }
}
